"use client";
import { layerValues, mapLayerNamed, mapValues, type Place } from "@autoencoder/model";
import { fixed, layerScale, MapPicture, scaledPixels, signedPixels } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { DigitSource } from "../digit/digits.ts";
import { Arithmetic } from "../viewer/arithmetic.tsx";
import { Step } from "../viewer/parts.tsx";
import { type TermsOf, useTerms } from "../viewer/use-queries.ts";
import { type View, viewAddress } from "../viewer/view-state.ts";
import { useChapter } from "./chapter-live.tsx";

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
  const inside = live.digit?.inside;
  const { shown, problem } = useTerms(live.client, inside?.pass, view, start);
  const [, width, maps] = stage.shape;
  const map = useMemo(() => {
    if (inside) return mapValues(layerValues(inside.all, stage), stage.shape, view.map);
    return view.map === start.place.channel ? start.map : undefined;
  }, [inside, stage, view.map, start]);
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
    const source = live.digit?.source;
    location.assign(viewerAddress(to, source));
  };
  return (
    <figure className="wide value-figure" data-layer={stage.name} data-vector={vector}>
      <div>
        <div className="value-head">
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
          />
        )}
        {!vector && <p className="note">Point at the map, or use the arrow keys, to take another value apart.</p>}
      </div>
      <div>
        <Arithmetic
          stage={stage}
          from={from}
          place={shown.place}
          terms={shown.terms}
          label={`The arithmetic of a value of ${stage.name}`}
          onGo={go}
        />
        <p className="note">
          <a href={viewerAddress(view, live.digit?.source)}>This value in the viewer</a>, an address to keep or to pass
          on
        </p>
        {problem && <p role="alert">{problem}</p>}
      </div>
    </figure>
  );
}

function viewerAddress(view: View, source: DigitSource | undefined): string {
  return `/viewer${viewAddress(view, source?.kind === "test" ? source.sample : "drawn", undefined)}`;
}
