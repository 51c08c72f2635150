"use client";
import { layerValues, mapValues, type SumTerms, type TermGroup } from "@autoencoder/model";
import {
  ContactSheetFigure,
  fixed,
  greatestSize,
  groupName,
  isVector,
  MapPicture,
  mapName,
  mapPixels,
  placeText,
  signed,
  signedPixels,
  WaterfallTable,
} from "@autoencoder/ui";
import { type CSSProperties, useMemo, useState } from "react";
import { type Packed, unpack } from "../digit/encoding.ts";
import { MapSteps } from "../layers/map-controls.tsx";
import { SumLine } from "../layers/sum-line.tsx";
import { Transport } from "../layers/transport.tsx";
import { useRunning } from "../layers/use-running.ts";
import { type TermsOf, useArithmetic, useTerms } from "../layers/use-terms.ts";
import { viewerAddress } from "../layers/view.ts";
import styles from "./dense-machine.module.css";
import { useMachine } from "./use-machine.ts";

export interface DenseMachineProps {
  /** What the server computed for the digit that the page opens on, with the map that is written. */
  start: Packed<TermsOf & { terms: SumTerms; map: Float32Array }>;
}

/** A Dense layer at work: everything that it reads, added part by part, to one of the numbers that it writes. */
export function DenseMachine({ start: packed }: DenseMachineProps) {
  const start = useMemo(() => unpack(packed), [packed]);
  const { live, layers, layer, from, view, setView } = useMachine(start);
  const [rows, columns, maps] = layer.shape;
  const activations = live.digit?.activations?.values;
  const { arithmetic, problem } = useArithmetic(live.client, { layers, name: layer.name, activations });
  const shown = useTerms(arithmetic, view, start);
  const terms = shown.terms as SumTerms;
  const { groups } = terms;
  /** Up to which of its parts the sum is added. */
  const [step, setStep] = useState(groups.length - 1);
  const running = useRunning(groups.length, setStep);
  const go = (to: number) => {
    running.stop();
    setStep(to);
  };
  const group = groups[step] as TermGroup;
  const added = groups.slice(0, step + 1).reduce((sum, { subtotal }) => sum + subtotal, 0);
  const written = activations && layerValues(activations, layer);
  const map = useMemo(() => {
    if (written) return mapValues(written, layer.shape, view.map);
    return view.map === start.place.channel ? start.map : undefined;
  }, [written, layer, view.map, start]);

  return (
    <figure className={`wide ${styles.machine}`} data-testid="dense-machine" data-layer={layer.name}>
      <div className={styles.head}>
        <h3>
          {placeText(layer, shown.place)} = <b className="number">{fixed(terms.value)}</b>
        </h3>
        <span>
          <MapSteps
            chosen={view.map}
            maps={maps}
            name={isVector(layer) ? "value" : "map"}
            onChoose={(map) => setView({ ...view, map })}
          />
        </span>
      </div>
      <div className={styles.stage}>
        <div>
          <p className={styles.name}>
            reads all of <code>{from.name}</code>: each cell is a part of the sum
          </p>
          <HeatGrid terms={terms} step={step} onChoose={go} />
        </div>
        <div data-part="products">
          <p className={styles.name}>
            {groupName(group, terms.by)}:{" "}
            {group.inputs.length === 1 ? "one product" : `${group.inputs.length} products`}
          </p>
          {group.inputs.length > 1 ? (
            <Products key={`${layer.name} ${step}`} group={group} />
          ) : (
            <OneProduct group={group} />
          )}
        </div>
        <div className={isVector(layer) ? styles.code : undefined}>
          <p className={styles.name}>
            writes <code>{layer.name}</code>, {rows * columns === 1 ? `${maps} numbers` : mapName(layer, view.map)}
          </p>
          {isVector(layer) ? (
            <ContactSheetFigure
              name={layer.name}
              shape={layer.shape}
              columns={8}
              image=""
              values={written ?? live.recorded.latent}
              shared={undefined}
              chosen={view.map}
              dead={none}
              onChoose={(map) => setView({ ...view, map })}
            />
          ) : (
            map && (
              <MapPicture
                pixels={mapPixels(layer, map)}
                label={`Map ${view.map} of ${layer.name}`}
                value={fixed(terms.value)}
                row={view.row}
                column={view.column}
                pans
                onMove={(row, column) => setView({ ...view, row, column })}
                className={styles.map}
              />
            )
          )}
        </div>
      </div>
      <RunningSum terms={terms} added={added} step={step} />
      <p className={styles.line} data-part="sum">
        <SumLine {...terms} />
      </p>
      <Transport
        count={groups.length}
        position={step}
        running={running}
        fast="all at once"
        label={
          <>
            {groupName(group, terms.by)}, <b className="number">{step + 1}</b> of {groups.length}
          </>
        }
        valueText={`${groupName(group, terms.by)}: ${signed(group.subtotal, 4)}, so far ${signed(added, 4)}`}
        onStep={go}
      />
      <WaterfallTable terms={terms} chosen={step} onChoose={go} />
      <p className="note">
        <a href={viewerAddress(view, live.digit?.origin)}>Open this value in the viewer</a>, a page of its own.
      </p>
      {problem && <p role="alert">{problem}</p>}
    </figure>
  );
}

const none: ReadonlySet<number> = new Set();

interface HeatGridProps {
  terms: SumTerms;
  /** Parts after it are not added yet. */
  step: number;
  onChoose: (step: number) => void;
}

/** Every part of the sum as it was read: a cell for each position or value, teal where it adds, vermilion where it takes away. */
function HeatGrid({ terms, step, onChoose }: HeatGridProps) {
  const { groups, by } = terms;
  const columns = by === "position" ? 1 + Math.max(...groups.map(({ column }) => column ?? 0)) : 8;
  const width = Math.min(columns, groups.length);
  const pixels = useMemo(() => {
    const heat = Float32Array.from(groups, ({ subtotal }, at) => (at <= step ? subtotal : 0));
    return signedPixels(heat, width, greatestSize(Float32Array.from(groups, ({ subtotal }) => subtotal)));
  }, [groups, step, width]);
  return (
    <MapPicture
      pixels={pixels}
      label={`The sum by ${by}`}
      value={signed((groups[step] as TermGroup).subtotal, 4)}
      row={Math.floor(step / width)}
      column={step % width}
      pans
      onMove={(row, column) => onChoose(Math.min(groups.length - 1, row * width + column))}
      className={styles.signed}
    />
  );
}

/** The products of one position, a cell for each channel. */
function Products({ group }: { group: TermGroup }) {
  const products = useMemo(
    () => group.inputs.map((input, at) => input * (group.weights[at] as number)),
    [group.inputs, group.weights],
  );
  const strongest = products.reduce(
    (best, value, at) => (Math.abs(value) > Math.abs(products[best] as number) ? at : best),
    0,
  );
  const [asked, setAsked] = useState<number>();
  const at = asked ?? strongest;
  const width = Math.min(8, products.length);
  return (
    <>
      <MapPicture
        pixels={signedPixels(products, width, greatestSize(products))}
        label="The products by channel"
        value={signed(products[at] as number, 4)}
        row={Math.floor(at / width)}
        column={at % width}
        pans
        onMove={(row, column) => setAsked(Math.min(products.length - 1, row * width + column))}
        className={styles.signed}
      />
      <p className={styles.product}>
        map {at}: {productText(group, at)}
      </p>
    </>
  );
}

/** The only product of a group: the number that is read, its weight, and what they make. */
function OneProduct({ group }: { group: TermGroup }) {
  const [input, weight] = [group.inputs[0] as number, group.weights[0] as number];
  return (
    <dl className={styles.one}>
      <dt>reads</dt>
      <dd>{fixed(input)}</dd>
      <dt>× weight</dt>
      <dd>{signed(weight, 4)}</dd>
      <dt>= product</dt>
      <dd data-sign={input * weight < 0 ? "negative" : "positive"}>{signed(input * weight, 4)}</dd>
    </dl>
  );
}

function productText({ inputs, weights }: TermGroup, at: number): string {
  const [input, weight] = [inputs[at] as number, weights[at] as number];
  return `${fixed(input)} × ${signed(weight, 4)} = ${signed(input * weight, 4)}`;
}

/** The sum so far, as a bar from 0 on the axis that the whole way needs. */
function RunningSum({ terms, added, step }: { terms: SumTerms; added: number; step: number }) {
  const reach = useMemo(() => {
    let sum = 0;
    const way = terms.groups.map(({ subtotal }) => {
      sum += subtotal;
      return Math.abs(sum);
    });
    return Math.max(...way, Math.abs(terms.sum)) || 1;
  }, [terms]);
  const style = { "--from": 50 + (Math.min(0, added) / reach) * 50, "--part": (Math.abs(added) / reach) * 50 };
  return (
    <div className={styles.running} data-part="running">
      <p>
        {step + 1} of {terms.groups.length} parts added: <b className="number">{signed(added, 4)}</b>
      </p>
      <span className={styles.track} aria-hidden="true">
        <i data-sign={added < 0 ? "negative" : "positive"} style={style as CSSProperties} />
      </span>
    </div>
  );
}
