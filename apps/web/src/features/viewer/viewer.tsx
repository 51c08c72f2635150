"use client";
import { layerValues, type MapLayer, mapLayerNamed, mapLayersOf, mapValues, type Place } from "@autoencoder/model";
import { fixed, StripFigure } from "@autoencoder/ui";
import { type ReactNode, useCallback, useMemo, useRef } from "react";
import type { LiveData } from "../digit/live-data.ts";
import { useLiveDigit } from "../digit/use-live-digit.ts";
import { useTestDigits } from "../digit/use-test-digits.ts";
import { useVerification } from "../digit/use-verification.ts";
import { Announcement } from "./announcement.tsx";
import { placeText } from "./arithmetic.tsx";
import { DetailColumn } from "./detail-column.tsx";
import { DigitChooser } from "./digit-chooser.tsx";
import { JoinLine } from "./join-line.tsx";
import { MapColumn } from "./map-column.tsx";
import { SheetColumn } from "./sheet-column.tsx";
import { StageRail } from "./stage-rail.tsx";
import { TraceAtOutput } from "./trace.tsx";
import { TrustPanel } from "./trust-panel.tsx";
import { useMoves } from "./use-moves.ts";
import { type TermsOf, useMapInputs, useStatistics, useTerms } from "./use-queries.ts";
import { useView } from "./use-view.ts";
import { atStage, type View, viewAddress } from "./view-state.ts";
import styles from "./viewer.module.css";

export interface ViewerProps {
  data: LiveData;
  first: View;
  /** Whether the address names a digit; without it the reader's own is shown. */
  digitAsked: boolean;
  /** The run, where it is not the default one. */
  run: string | undefined;
  /** What the server computed for the first view: the chosen map and the terms of the chosen value. */
  start: TermsOf & { map: Float32Array };
  /** The run's facts for the trust panel. */
  facts: ReactNode;
}

/** All layers of encoder and decoder, every map, every value, every product of one digit. */
export function Viewer({ data, first, digitAsked, run, start, facts }: ViewerProps) {
  const stages = useMemo(() => mapLayersOf(data.source.spec), [data.source.spec]);
  const live = useLiveDigit(data, !digitAsked);
  const { digit, client } = live;
  const pictures = useTestDigits(data);
  const verification = useVerification(client, live.state.kind, { samples: data.samples, pictures });
  const source = digit?.source;
  const { view, change } = useView(stages, first, {
    digit: source?.kind === "drawn" ? "drawn" : (source?.sample ?? data.first.sample),
    run,
  });
  const columns = useRef<HTMLDivElement>(null);
  const stage = mapLayerNamed(stages, view.layer);
  const from = stages[Math.max(0, stage.index - 1)] ?? stage;
  const place: Place = { row: view.row, column: view.column, channel: view.map };
  const inside = digit?.inside;
  const values = useMemo(() => inside && layerValues(inside.all, stage), [inside, stage]);
  const statistics = useStatistics(live.state.kind, client, data);

  const pass = inside?.pass;
  const { shown, problem } = useTerms(client, pass, view, start);
  const shownStage = mapLayerNamed(stages, shown.layer);
  const isShown = shown.layer === view.layer && samePlace(shown.place, place);
  const apart = useMapInputs(client, pass, view);
  const address = viewAddress(view, source?.kind === "test" ? source.sample : data.first.sample, run);

  const lit = useMemo(() => [stage.name], [stage]);
  const href = useCallback(
    (to: MapLayer) => viewAddress(atStage(view, stage, to), source?.kind === "test" ? source.sample : "drawn", run),
    [view, stage, source, run],
  );
  const moves = useMoves({ stages, stage, from, view, change });
  const map = useMemo(() => {
    if (values) return mapValues(values, stage.shape, view.map);
    return view.layer === first.layer && view.map === first.map ? start.map : undefined;
  }, [values, stage, view.map, view.layer, first, start.map]);

  return (
    <div className={styles.viewer} data-level={view.level} data-state={live.state.kind}>
      <div className={styles.top}>
        <StripFigure
          stages={stages}
          image={`${data.drawn}/strip.png`}
          all={inside?.all}
          latent={digit?.latent}
          lit={lit}
          href={href}
          onOpen={moves.openStage}
        />
        <StageRail stages={stages} current={stage.name} onOpen={moves.openSheet} />
      </div>
      <DigitChooser data={data} live={live} pictures={pictures} />
      {live.state.kind === "failed" && (
        <p className="notice" role="alert">
          {live.state.problem.sentence} What you see was computed by the server for test digit {data.first.index}.{" "}
          <button type="button" onClick={live.connect}>
            Try again
          </button>
        </p>
      )}
      <Announcement text={`${placeText(shownStage, shown.place)} = ${fixed(shown.terms.value)}`} />
      <div className={styles.columns} ref={columns}>
        <SheetColumn
          stages={stages}
          stage={stage}
          image={`${data.drawn}/${stage.name}.png`}
          values={values}
          chosen={view.map}
          map={map}
          dead={statistics?.dead(stage.name)}
          onChoose={moves.choose}
          onOpen={moves.openSheet}
        />
        <MapColumn
          {...{ stage, from, view, map, change }}
          values={values}
          dead={statistics?.dead(stage.name)}
          value={isShown ? fixed(shown.terms.value) : ""}
          all={inside?.all}
          apart={apart.inputs}
          problem={apart.problem}
          onOpen={moves.open}
        />
        <DetailColumn
          {...{ client, digit, stages, view, address, statistics, pictures, change, moves }}
          known={{ shown, isShown, problem }}
          state={live.state.kind}
        />
        <JoinLine area={columns} chosen={`${shown.layer} ${Object.values(shown.place)}`} />
      </div>
      <details
        className={`more ${styles.traceFold}`}
        data-part="trace"
        open={view.level === "trace"}
        onToggle={(event) => {
          const opened = event.currentTarget.open;
          if (opened !== (view.level === "trace")) change({ level: opened ? "trace" : "sheet" });
        }}
      >
        <summary>One pixel, end to end: six cards from the rebuilt picture back to the input</summary>
        {digit && view.level === "trace" && <TraceAtOutput {...{ client, stages, digit, view, stage, change }} />}
      </details>
      <TrustPanel state={live.state.kind} verification={verification}>
        {facts}
      </TrustPanel>
    </div>
  );
}

function samePlace(a: Place, b: Place): boolean {
  return a.row === b.row && a.column === b.column && a.channel === b.channel;
}
