"use client";
import { layerValues, mapLayerNamed, mapValues, type Place } from "@autoencoder/model";
import { fixed, isVector, MapPicture, mapName, mapPixels } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import type { DigitOrigin } from "../digit/digits.ts";
import { Arithmetic } from "../layers/arithmetic.tsx";
import { MapSteps } from "../layers/map-controls.tsx";
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
  const { live, layers } = useChapter();
  const { row, column, channel } = start.place;
  const [view, setView] = useState<View>({ layer: start.layer, map: channel, row, column, level: "value" });
  const layer = mapLayerNamed(layers, start.layer);
  const from = layers[layer.index - 1] ?? layer;
  const activations = live.digit?.activations?.values;
  const { arithmetic, problem } = useArithmetic(live.client, { layers, name: layer.name, activations });
  const shown = useTerms(arithmetic, view, start);
  const maps = layer.shape[2];
  const map = useMemo(() => {
    if (activations) return mapValues(layerValues(activations, layer), layer.shape, view.map);
    return view.map === start.place.channel ? start.map : undefined;
  }, [activations, layer, view.map, start]);
  const pixels = useMemo(() => map && mapPixels(layer, map), [map, layer]);
  const vector = isVector(layer);
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
    <figure className={`wide ${styles.figure}`} data-testid="value-figure" data-layer={layer.name} data-vector={vector}>
      <div>
        <div className={styles.head}>
          <b>{maps === 1 ? "the picture" : mapName(layer, view.map)}</b> of <code>{layer.name}</code>
          {maps > 1 && (
            <span>
              <MapSteps chosen={view.map} maps={maps} onChoose={(map) => setView({ ...view, map })} />
            </span>
          )}
        </div>
        {pixels && !vector && (
          <MapPicture
            pixels={pixels}
            label={`Map ${view.map} of ${layer.name}`}
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
          layer={layer}
          from={from}
          place={shown.place}
          terms={shown.terms}
          label={`The arithmetic of a value of ${layer.name}`}
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
