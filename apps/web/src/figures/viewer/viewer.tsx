"use client";
import { mapValues, type Place, stageNamed, stagesOf, stageValues } from "@autoencoder/model";
import {
  ContactSheetFigure,
  fixed,
  LayerCard,
  MapPicture,
  StripFigure,
  scaledPixels,
  signedPixels,
  stageScale,
} from "@autoencoder/ui";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import type { LiveData } from "../live/live-data.ts";
import { useLiveDigit } from "../live/use-live-digit.ts";
import { useTestDigits } from "../live/use-test-digits.ts";
import { useVerification } from "../live/use-verification.ts";
import { Arithmetic, placeText } from "./arithmetic.tsx";
import { DigitChooser } from "./digit-chooser.tsx";
import { Feeding } from "./feeding.tsx";
import { KernelSheet } from "./kernel-sheet.tsx";
import { Arrows, Fold, MapTable, ScaleLine, Step, silentCount } from "./parts.tsx";
import { StageRail } from "./stage-rail.tsx";
import { SwitchOff } from "./switch-off.tsx";
import { TraceAtOutput } from "./trace.tsx";
import { TrustPanel } from "./trust-panel.tsx";
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
  const stages = useMemo(() => stagesOf(data.source.spec), [data.source.spec]);
  const live = useLiveDigit(data, !digitAsked);
  const { digit, client } = live;
  const pictures = useTestDigits(data);
  const verification = useVerification(client, live.state.kind, { samples: data.samples, pictures });
  const source = digit?.source;
  const { view, change } = useView(stages, first, {
    digit: source?.kind === "drawn" ? "drawn" : (source?.sample ?? data.first.sample),
    run,
  });
  const stage = stageNamed(stages, view.layer);
  const from = stages[Math.max(0, stage.index - 1)] ?? stage;
  const place: Place = { row: view.row, column: view.column, channel: view.map };
  const inside = digit?.inside;
  const values = useMemo(() => inside && stageValues(inside.all, stage), [inside, stage]);
  const [shared, setShared] = useState(true);
  const statistics = useStatistics(live.state.kind, client, data);

  const pass = inside?.pass;
  const shown = useTerms(client, pass, view, start);
  const shownStage = stageNamed(stages, shown.layer);
  const isShown = shown.layer === view.layer && samePlace(shown.place, place);
  const apart = useMapInputs(client, pass, view);
  const address = viewAddress(view, source?.kind === "test" ? source.sample : data.first.sample, run);

  const open = useCallback(
    (name: string, changes: Partial<View> = {}) => {
      const to = stageNamed(stages, name);
      change({ ...atStage(view, stage, to), ...changes });
    },
    [change, stages, stage, view],
  );
  const go = (to: Partial<Place>) =>
    change({
      layer: from.name,
      map: to.channel ?? Math.min(view.map, from.shape[2] - 1),
      row: to.row ?? 0,
      column: to.column ?? 0,
    });
  const up = useCallback(() => {
    const above = { value: "map", map: "sheet", trace: "sheet", sheet: "sheet" } as const;
    change({ level: above[view.level] });
  }, [change, view.level]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && view.level !== "sheet") up();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [up, view.level]);

  const map = useMemo(() => {
    if (values) return mapValues(values, stage.shape, view.map);
    return view.layer === first.layer && view.map === first.map ? start.map : undefined;
  }, [values, stage, view.map, view.layer, first, start.map]);
  const value = isShown ? fixed(shown.terms.value) : "";
  const vector = stage.shape[0] * stage.shape[1] === 1;
  const text = `${placeText(shownStage, shown.place)} = ${fixed(shown.terms.value)}`;
  const dead = statistics?.dead(stage.name);

  return (
    <div className={styles.viewer} data-level={view.level} data-state={live.state.kind}>
      <div className={styles.top}>
        <StripFigure
          stages={stages}
          image={`${data.drawn}/strip.png`}
          all={inside?.all}
          latent={digit?.latent}
          lit={[stage.name]}
          href={(to) => viewAddress(atStage(view, stage, to), source?.kind === "test" ? source.sample : "drawn", run)}
          onOpen={(to) => open(to.name, { level: "sheet" })}
        />
        <StageRail stages={stages} current={stage.name} onOpen={(name) => open(name, { level: "sheet" })} />
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
      <p className="visually-hidden" aria-live="polite">
        {text}
      </p>
      <div className={styles.columns}>
        <section className={styles.sheet} aria-label={`All maps of ${stage.name}`}>
          <h2>
            <code>{stage.name}</code>{" "}
            <small>
              {stage.facts.layer.className}, {stage.shape.join(" × ")}
            </small>
          </h2>
          <ContactSheetFigure
            name={stage.name}
            shape={stage.shape}
            image={`${data.drawn}/${stage.name}.png`}
            values={values}
            shared={shared ? stageScale(stage, values ?? new Float32Array(1)) : undefined}
            chosen={view.map}
            dead={dead ?? none}
            onChoose={(map) => change({ map, level: view.level === "sheet" ? "map" : view.level })}
          />
          {!vector && (
            <ScaleLine
              shared={shared}
              onShared={setShared}
              values={values}
              map={map}
              silent={silentCount(values, stage.shape[2])}
              dead={dead?.size}
            />
          )}
        </section>
        <section className={styles.map} aria-label="The chosen map">
          <div className={styles.mapHead}>
            <button type="button" className={styles.up} onClick={() => change({ level: "sheet" })}>
              all {stage.shape[2]}
            </button>
            <h2>
              {vector ? `value ${view.map + 1}` : `map ${view.map}`} <small>of {stage.name}</small>
            </h2>
            <Step
              label="previous map"
              onClick={() => change({ map: (view.map - 1 + stage.shape[2]) % stage.shape[2] })}
            >
              ‹
            </Step>
            <Step label="next map" onClick={() => change({ map: (view.map + 1) % stage.shape[2] })}>
              ›
            </Step>
          </div>
          {map && !vector && (
            <MapPicture
              pixels={mapPixels(map, stage.shape[1], stage)}
              label={`Map ${view.map} of ${stage.name}`}
              value={value}
              row={view.row}
              column={view.column}
              onMove={(row, column) => change({ row, column })}
              onOpen={() => change({ level: "value" })}
            />
          )}
          {!vector && <Arrows view={view} size={stage.shape} onMove={(row, column) => change({ row, column })} />}
          {from !== stage && apart && inside && (
            <>
              <Feeding
                stage={stage}
                from={from}
                inputs={stageValues(inside.all, from)}
                apart={apart}
                onGo={(channel) => open(from.name, { map: channel })}
              />
              <KernelSheet apart={apart} name={vector ? `value ${view.map + 1}` : `map ${view.map}`} />
            </>
          )}
          {map && !vector && <MapTable map={map} width={stage.shape[1]} name={`${stage.name}, map ${view.map}`} />}
        </section>
        <section className={styles.detail} aria-label="The chosen value and its layer">
          <button type="button" className={styles.readout} onClick={() => change({ level: "value" })}>
            <span className="number">{text}</span>
            <span>{view.level === "value" ? "" : "its terms"}</span>
          </button>
          <div className={styles.value}>
            {!isShown && live.state.kind === "failed" ? (
              <p>
                The live network does not compute here. <a href={address}>Let the server compute this view</a> (for a
                test digit).
              </p>
            ) : (
              <Arithmetic
                stage={shownStage}
                from={stages[Math.max(0, shownStage.index - 1)] ?? shownStage}
                place={shown.place}
                terms={shown.terms}
                onGo={go}
              />
            )}
          </div>
          <details className="more" open>
            <summary>The layer</summary>
            <LayerCard stage={stage} />
          </details>
          {digit && inside && stage.index > 0 && stage.index < stages.length - 1 && (
            <Fold summary={`Switch ${vector ? `value ${view.map + 1}` : `map ${view.map}`} off`}>
              <SwitchOff
                client={client}
                digit={digit}
                stage={stage}
                map={view.map}
                means={statistics?.has(stage.name) ?? false}
                pictures={pictures}
                onGo={(to) => change({ map: to })}
              />
            </Fold>
          )}
        </section>
      </div>
      <details
        className={`more ${styles.traceFold}`}
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

const none: ReadonlySet<number> = new Set();

function samePlace(a: Place, b: Place): boolean {
  return a.row === b.row && a.column === b.column && a.channel === b.channel;
}

function mapPixels(map: Float32Array, width: number, stage: ReturnType<typeof stageNamed>) {
  const scale = stageScale(stage, map);
  if (scale.low < 0) return signedPixels(map, width, Math.max(-scale.low, scale.high));
  return scaledPixels(map, width, scale);
}
