"use client";
import { cellsRead, layerValues, type MapLayer, mapValues, type SumTerms, type ValueTerms } from "@autoencoder/model";
import {
  CopyFigure,
  fixed,
  MapPicture,
  mapName,
  mapPixels,
  PoolFigure,
  ProductGrids,
  placeText,
  WaterfallTable,
} from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { type Packed, unpack } from "../digit/encoding.ts";
import { MapSteps } from "../layers/map-controls.tsx";
import { SumLine } from "../layers/sum-line.tsx";
import { Transport } from "../layers/transport.tsx";
import { useRunning } from "../layers/use-running.ts";
import { type TermsOf, useArithmetic, useTerms } from "../layers/use-terms.ts";
import { largestGroup, viewerAddress } from "../layers/view.ts";
import { KernelRow } from "./kernel-row.tsx";
import styles from "./layer-machine.module.css";
import { useMachine } from "./use-machine.ts";

export interface LayerMachineProps {
  /** What the server computed for the digit that the page opens on, with the map that is written and the one that is read. */
  start: Packed<TermsOf & { map: Float32Array; read: Float32Array; readChannel: number }>;
}

/** A layer at work: the window on what it reads, the arithmetic at that place, and the map that it fills. */
export function LayerMachine({ start: packed }: LayerMachineProps) {
  const start = useMemo(() => unpack(packed), [packed]);
  const { live, layers, layer, from, view, setView } = useMachine(start);
  const [rows, columns, maps] = layer.shape;
  const { channel } = start.place;
  /** The place that the mouse is over, which is shown as long as it is there. */
  const [hovered, setHovered] = useState<{ row: number; column: number }>();
  const at = hovered ?? view;
  const running = useRunning(rows * columns, (position) =>
    setView((before) => ({ ...before, row: Math.floor(position / columns), column: position % columns })),
  );

  const activations = live.digit?.activations?.values;
  const { arithmetic, problem } = useArithmetic(live.client, { layers, name: layer.name, activations });
  const shown = useTerms(arithmetic, { ...view, ...at }, start);
  const { terms } = shown;
  const [asked, setAsked] = useState<number>();
  const group = groupShown(terms, asked);
  const readChannel = terms.kind === "sum" ? (terms.groups[group]?.channel ?? 0) : shown.place.channel;
  const mapOf = (of: MapLayer, map: number, first: { channel: number; values: Float32Array }) => {
    if (activations) return mapValues(layerValues(activations, of), of.shape, map);
    return map === first.channel ? first.values : undefined;
  };
  const written = mapOf(layer, view.map, { channel, values: start.map });
  const read = mapOf(from, readChannel, { channel: start.readChannel, values: start.read });
  const writtenPixels = useMemo(() => written && mapPixels(layer, written), [written, layer]);
  const readPixels = useMemo(() => read && mapPixels(from, read), [read, from]);
  const window = cellsRead(layer, from, { rows: [at.row], columns: [at.column] });
  const pin = (to: { row: number; column: number }) => {
    running.stop();
    setHovered(undefined);
    setView({ ...view, ...to });
  };
  /** The place of this layer that a place of the layer before stands under. */
  const under = (place: { row: number; column: number }) => ({
    row: Math.min(rows - 1, Math.floor((place.row * rows) / from.shape[0])),
    column: Math.min(columns - 1, Math.floor((place.column * columns) / from.shape[1])),
  });
  const position = view.row * columns + view.column;

  return (
    <figure className={`wide ${styles.machine}`} data-testid="layer-machine" data-layer={layer.name}>
      <p className={styles.head}>
        <b>{maps === 1 ? "the picture" : mapName(layer, view.map)}</b> of <code>{layer.name}</code>
        <span>
          <MapSteps chosen={view.map} maps={maps} onChoose={(map) => setView({ ...view, map })} />
        </span>
      </p>
      {layer.spec.className === "Conv2D" && (
        <KernelRow
          arithmetic={arithmetic}
          layer={layer}
          channel={readChannel}
          chosen={view.map}
          onChoose={(map) => setView({ ...view, map })}
        />
      )}
      <div className={styles.stage}>
        <div className={styles.side} data-side="read">
          <p className={styles.name}>
            reads <code>{from.name}</code>
            {from.shape[2] > 1 && `, map ${readChannel}`}
          </p>
          {readPixels && (
            <MapPicture
              pixels={readPixels}
              label={`What ${layer.name} reads: ${from.name}`}
              value={`window at row ${window.rows[0]}, column ${window.columns[0]}`}
              row={middle(window.rows)}
              column={middle(window.columns)}
              marked={window}
              pans
              onMove={(row, column) => pin(under({ row, column }))}
              onHover={(place) => setHovered(place && under(place))}
              className={styles.map}
            />
          )}
        </div>
        <div className={styles.sum} data-part="arithmetic">
          <h3>
            {placeText(layer, shown.place)} = <b className="number">{fixed(terms.value)}</b>
          </h3>
          {terms.kind === "sum" && (
            <ProductGrids terms={terms} group={terms.groups[group] as SumTerms["groups"][number]} />
          )}
          {terms.kind === "sum" && (
            <p className={styles.line} data-part="sum">
              <SumLine {...terms} allMaps={terms.groups.length > 1} />
            </p>
          )}
          {terms.kind === "pool" && <PoolFigure terms={terms} />}
          {terms.kind === "copy" && <CopyFigure terms={terms} />}
        </div>
        <div className={styles.side} data-side="written">
          <p className={styles.name}>
            writes <code>{layer.name}</code>, map {view.map}
          </p>
          {writtenPixels && (
            <div className={styles.filling}>
              <MapPicture
                pixels={writtenPixels}
                label={`Map ${view.map} of ${layer.name}`}
                value={fixed(terms.value)}
                row={at.row}
                column={at.column}
                marked={terms.kind === "copy" ? copiesOf(terms) : undefined}
                pans
                onMove={(row, column) => pin({ row, column })}
                onHover={setHovered}
                className={styles.map}
              />
              {running.position !== undefined && <Unwritten {...{ position: running.position, rows, columns }} />}
            </div>
          )}
        </div>
      </div>
      <Transport
        count={rows * columns}
        position={position}
        running={running}
        fast="row by row"
        label={
          <>
            row <b className="number">{view.row}</b>, column <b className="number">{view.column}</b>
          </>
        }
        valueText={`row ${view.row}, column ${view.column}: ${fixed(terms.value)}`}
        onStep={(to) => pin(placeAt(to, columns))}
      />
      {terms.kind === "sum" && terms.groups.length > 1 && (
        <div className={styles.parts}>
          <p className={styles.name}>
            The sum runs over all {terms.groups.length} maps of <code>{from.name}</code>. Choose one to see its nine
            products above.
          </p>
          <WaterfallTable terms={terms} chosen={group} onChoose={setAsked} />
        </div>
      )}
      <p className="note">
        Touch either map, point at it, or use the arrow keys; a click keeps the place.{" "}
        <a href={viewerAddress(view, live.digit?.origin)}>Open this value in the viewer</a>, a page of its own.
      </p>
      {problem && <p role="alert">{problem}</p>}
    </figure>
  );
}

/** What is not written yet, covered: the rest of the row, and the rows below. */
function Unwritten({ position, rows, columns }: { position: number; rows: number; columns: number }) {
  const { row, column } = placeAt(position, columns);
  const percent = (at: number, of: number) => `${(at / of) * 100}%`;
  return (
    <>
      <span
        className={styles.unwritten}
        style={{ top: percent(row, rows), left: percent(column + 1, columns), right: 0, height: percent(1, rows) }}
      />
      <span className={styles.unwritten} style={{ top: percent(row + 1, rows), left: 0, right: 0, bottom: 0 }} />
    </>
  );
}

function placeAt(position: number, columns: number): { row: number; column: number } {
  return { row: Math.floor(position / columns), column: position % columns };
}

function middle(cells: readonly number[]): number {
  return cells[Math.floor((cells.length - 1) / 2)] ?? 0;
}

/** The group of a sum that is shown: the one that was asked for, else the largest. */
function groupShown(terms: ValueTerms, asked: number | undefined): number {
  if (terms.kind !== "sum") return 0;
  return asked !== undefined && asked < terms.groups.length ? asked : (largestGroup(terms.groups) ?? 0);
}

function copiesOf({ copies }: Extract<ValueTerms, { kind: "copy" }>) {
  return {
    rows: [...new Set(copies.map(({ row }) => row))],
    columns: [...new Set(copies.map(({ column }) => column))],
  };
}
