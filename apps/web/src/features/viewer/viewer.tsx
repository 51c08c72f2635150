"use client";
import {
  layerValues,
  type MapLayer,
  mapInputs,
  mapLayerNamed,
  mapLayersOf,
  mapValues,
  type Place,
} from "@autoencoder/model";
import { Fold, fixed, placeText, StripFigure } from "@autoencoder/ui";
import { type ReactNode, useCallback, useMemo, useRef } from "react";
import { DigitChooser } from "../digit/digit-chooser.tsx";
import { type Packed, unpack } from "../digit/encoding.ts";
import type { LiveData } from "../digit/live-data.ts";
import { Restarted } from "../digit/restarted.tsx";
import { type LiveDigit, useLiveDigit } from "../digit/use-live-digit.ts";
import { useTestDigits } from "../digit/use-test-digits.ts";
import { useVerification } from "../digit/use-verification.ts";
import { TraceAtOutput } from "../layers/trace.tsx";
import { type TermsOf, useArithmetic, useTerms } from "../layers/use-terms.ts";
import { atLayer, digitInAddress, type View, viewAddress } from "../layers/view.ts";
import { Announcement } from "./announcement.tsx";
import { DetailColumn } from "./detail-column.tsx";
import { JoinLine } from "./join-line.tsx";
import { LayerRail } from "./layer-rail.tsx";
import { MapColumn } from "./map-column.tsx";
import { SheetColumn } from "./sheet-column.tsx";
import { TrustPanel } from "./trust-panel.tsx";
import { useMoves } from "./use-moves.ts";
import { useStatistics } from "./use-statistics.ts";
import { useView } from "./use-view.ts";
import styles from "./viewer.module.css";

export interface ViewerProps {
  data: LiveData;
  first: View;
  /** Whether the address names a digit; without it the reader's own is shown. */
  digitAsked: boolean;
  /** The run, where it is not the default one. */
  run: string | undefined;
  /** What the server computed for the first view: the chosen map and the terms of the chosen value. */
  start: Packed<TermsOf & { map: Float32Array }>;
  /** What the run was trained by, for the trust panel. */
  details: ReactNode;
}

/** All layers of encoder and decoder, every map, every value, every product of one digit. */
export function Viewer({ data, first, digitAsked, run, start: packed, details }: ViewerProps) {
  const start = useMemo(() => unpack(packed), [packed]);
  const layers = useMemo(() => mapLayersOf(data.network.spec), [data.network.spec]);
  const live = useLiveDigit(data, !digitAsked);
  const { digit, client, state } = live;
  const pictures = useTestDigits(data);
  const verification = useVerification(client, state.kind, { samples: data.samples, pictures });
  const statistics = useStatistics(state.kind, client, data);
  const origin = digit?.origin;
  const { view, change } = useView(layers, first, {
    digit: digitInAddress(origin, data.first.sample),
    run,
  });
  const columns = useRef<HTMLDivElement>(null);
  const layer = mapLayerNamed(layers, view.layer);
  const from = layers[Math.max(0, layer.index - 1)] ?? layer;
  const activations = digit?.activations?.values;
  const { values, map } = useMapValues(activations, { layer, view, first, start });
  const { arithmetic, problem } = useArithmetic(client, { layers, name: layer.name, activations });
  const shown = useTerms(arithmetic, view, start);
  const isShown = shown.layer === view.layer && samePlace(shown.place, placeOf(view));
  const inputs = useMemo(() => arithmetic && mapInputs(arithmetic, view.map), [arithmetic, view.map]);
  const address = viewAddress(view, digitInAddress(origin, data.first.sample), run);
  const lit = useMemo(() => [layer.name], [layer]);
  const href = useCallback(
    (to: MapLayer) => viewAddress(atLayer(view, layer, to), digitInAddress(origin, data.first.sample), run),
    [view, layer, origin, data.first.sample, run],
  );
  const moves = useMoves({ layers, layer, from, view, change });
  const dead = statistics?.dead(layer.name);

  return (
    <div className={styles.viewer} data-level={view.level} data-state={state.kind}>
      <div className={styles.top}>
        <StripFigure
          layers={layers}
          drawn={data.drawn}
          activations={activations}
          latent={digit?.latent}
          digit={digit?.pixels}
          lit={lit}
          href={href}
          onOpen={moves.openLayer}
          className={styles.strip}
        />
        <LayerRail layers={layers} current={layer.name} onOpen={moves.openSheet} />
      </div>
      <DigitChooser data={data} live={live} pictures={pictures} />
      <NotLive live={live} digit={data.first.index} />
      <Restarted client={client} />
      <Announcement
        text={`${placeText(mapLayerNamed(layers, shown.layer), shown.place)} = ${fixed(shown.terms.value)}`}
      />
      <div className={styles.columns} ref={columns}>
        <SheetColumn
          {...{ layers, layer, values, map, dead }}
          image={`${data.drawn}/${layer.name}.png`}
          chosen={view.map}
          onChoose={moves.choose}
          onOpen={moves.openSheet}
        />
        <MapColumn
          {...{ layer, from, view, map, values, dead, activations, inputs, problem, change }}
          value={isShown ? fixed(shown.terms.value) : ""}
          onOpen={moves.open}
        />
        <DetailColumn
          {...{ client, digit, layers, view, address, statistics, pictures, change, moves }}
          known={{ shown, isShown, problem }}
          state={state.kind}
        />
        <JoinLine area={columns} chosen={`${shown.layer} ${Object.values(shown.place)}`} />
      </div>
      <TraceFold level={view.level} change={change}>
        {digit && <TraceAtOutput {...{ client, layers, digit, view, layer, change }} />}
      </TraceFold>
      <TrustPanel state={state.kind} verification={verification}>
        {details}
      </TrustPanel>
    </div>
  );
}

interface MapValuesOf {
  layer: MapLayer;
  view: View;
  first: View;
  start: { map: Float32Array };
}

/** The numbers of the chosen layer and of the chosen map; at first the map that the server sent. */
function useMapValues(activations: Float32Array | undefined, { layer, view, first, start }: MapValuesOf) {
  const values = useMemo(() => activations && layerValues(activations, layer), [activations, layer]);
  const map = useMemo(() => {
    if (values) return mapValues(values, layer.shape, view.map);
    return view.layer === first.layer && view.map === first.map ? start.map : undefined;
  }, [values, layer, view.map, view.layer, first, start.map]);
  return { values, map };
}

/** Why the network does not compute, and a way to try it again. @param digit number of the test digit that is shown */
function NotLive({ live: { state, connect }, digit }: { live: LiveDigit; digit: number }) {
  if (state.kind !== "failed") return null;
  return (
    <p className="notice" role="alert">
      {state.problem.sentence} What you see was computed by the server for test digit {digit}.{" "}
      <button type="button" onClick={connect}>
        Try again
      </button>
    </p>
  );
}

interface TraceFoldProps {
  level: View["level"];
  change: (changes: Partial<View>) => void;
  children: ReactNode;
}

/** The trace below the columns; it is a level of the view, so that the address opens and closes it too. */
function TraceFold({ level, change, children }: TraceFoldProps) {
  const open = level === "trace";
  return (
    <Fold
      summary="One pixel, end to end: six cards from the rebuilt picture back to the input"
      className={styles.traceFold}
      data-part="trace"
      open={open}
      onToggle={(event) => {
        const opened = event.currentTarget.open;
        if (opened !== open) change({ level: opened ? "trace" : "sheet" });
      }}
    >
      {open && children}
    </Fold>
  );
}

function placeOf({ row, column, map }: View): Place {
  return { row, column, channel: map };
}

function samePlace(a: Place, b: Place): boolean {
  return a.row === b.row && a.column === b.column && a.channel === b.channel;
}
