"use client";
import { layerValues, mapLayerNamed, mapValues, type Place } from "@autoencoder/model";
import { fixed, layerScale, MapPicture, scaledPixels, signedPixels } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { DigitOrigin } from "../digit/digits.ts";
import { Arithmetic } from "../layers/arithmetic.tsx";
import { Step } from "../layers/map-controls.tsx";
import { type TermsOf, useArithmetic, useTerms } from "../layers/use-terms.ts";
import { type View, viewAddress } from "../layers/view.ts";
import { useChapter } from "./chapter-live.tsx";
import styles from "./value-figure.module.css";

export interface LiveValueProps {
  /** What the server computed for the digit that the page opens on. */
  start: TermsOf & { map: Float32Array };
}

/** One feature map and, beside it, the arithmetic of the value that is chosen on it, for the chapter's digit. */
export function LiveValue({ start }: LiveValueProps) {
  const { live, stages } = useChapter();
  const { row, column, channel } = start.place;
  const [view, setView] = useState<View>({ layer: start.layer, map: channel, row, column, level: "value" });
  const stage = mapLayerNamed(stages, start.layer);
  const from = stages[stage.index - 1] ?? stage;
  const all = live.digit?.activations?.all;
  const { arithmetic, problem } = useArithmetic(live.client, { layers: stages, name: stage.name, all });
  const shown = useTerms(arithmetic, view, start);
  const [, width, maps] = stage.shape;
  const map = useMemo(() => {
    if (all) return mapValues(layerValues(all, stage), stage.shape, view.map);
    return view.map === start.place.channel ? start.map : undefined;
  }, [all, stage, view.map, start]);
  const pixels = useMemo(() => {
    if (!map) return undefined;
    const scale = layerScale(stage, map);
    return scale.low < 0 ? signedPixels(map, width, Math.max(-scale.low, scale.high)) : scaledPixels(map, width, scale);
  }, [map, stage, width]);
  const vector = stage.shape[0] * width === 1;
  const go = (place: Partial<Place>) => {
    const to: View = {
      layer: from.name,
      map: place.channel ?? Math.min(view.map, from.shape[2] - 1),
      row: place.row ?? 0,
      column: place.column ?? 0,
      level: "value",
    };
    location.assign(viewerAddress(to, live.digit?.origin));
  };
  return (
    <figure className={`wide ${styles.figure}`} data-testid="value-figure" data-layer={stage.name} data-vector={vector}>
      <div>
        <div className={styles.head}>
          <b>{vector ? `value ${view.map + 1}` : maps > 1 ? `map ${view.map}` : "the picture"}</b> of{" "}
          <code>{stage.name}</code>
          {maps > 1 && (
            <span>
              <Step label="previous map" onClick={() => setView({ ...view, map: (view.map - 1 + maps) % maps })}>
                ‹
              </Step>
              <Step label="next map" onClick={() => setView({ ...view, map: (view.map + 1) % maps })}>
                ›
              </Step>
            </span>
          )}
        </div>
        {pixels && !vector && (
          <MapPicture
            pixels={pixels}
            label={`Map ${view.map} of ${stage.name}`}
            value={fixed(shown.terms.value)}
            row={view.row}
            column={view.column}
            onMove={(row, column) => setView({ ...view, row, column })}
            className={styles.map}
          />
        )}
        {!vector && <p className="note">Point at the map, or use the arrow keys, to take another value apart.</p>}
      </div>
      <div>
        <Arithmetic
          layer={stage}
          from={from}
          place={shown.place}
          terms={shown.terms}
          label={`The arithmetic of a value of ${stage.name}`}
          onGo={go}
        />
        <p className="note">
          <a href={viewerAddress(view, live.digit?.origin)}>This value in the viewer</a>, an address to keep or to pass
          on
        </p>
        {problem && <p role="alert">{problem}</p>}
      </div>
    </figure>
  );
}

function viewerAddress(view: View, origin: DigitOrigin | undefined): string {
  return `/viewer${viewAddress(view, origin?.kind === "test" ? origin.sample : "drawn", undefined)}`;
}
