"use client";
import type { MapLayer } from "@autoencoder/model";
import { ContactSheetFigure, layerScale } from "@autoencoder/ui";
import { useMemo, useRef, useSyncExternalStore } from "react";
import { useCentred } from "../../shared/sideways.ts";
import styles from "./other-maps.module.css";

export interface OtherMapsProps {
  layer: MapLayer;
  values: Float32Array | undefined;
  chosen: number;
  dead: ReadonlySet<number>;
  onChoose: (map: number) => void;
}

/** The sheet of maps as one row above the map that was chosen from it, where there is no room for both. */
export function OtherMaps({ layer, values, chosen, dead, onChoose }: OtherMapsProps) {
  const narrow = useSyncExternalStore(subscribe, isNarrow, () => false);
  const row = useRef<HTMLDivElement>(null);
  useCentred(row, "[aria-pressed='true']", `${layer.name} ${chosen} ${narrow} ${values !== undefined}`);
  const shared = useMemo(() => values && layerScale(layer, values), [layer, values]);
  return (
    <div ref={row} className={styles.neighbours}>
      {narrow && values && (
        <div style={{ width: layer.shape[2] * tile }}>
          <ContactSheetFigure
            name={layer.name}
            shape={layer.shape}
            columns={layer.shape[2]}
            image=""
            {...{ values, shared, chosen, dead, onChoose }}
          />
        </div>
      )}
    </div>
  );
}

/** CSS pixels; a tile of the sheet on a phone of 390. */
const tile = 45;
/** As viewer.module.css has it: below, the sheet gives way to the chosen map. */
const narrowQuery = "(max-width: 1099px)";
const isNarrow = () => matchMedia(narrowQuery).matches;

function subscribe(listener: () => void): () => void {
  const query = matchMedia(narrowQuery);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
