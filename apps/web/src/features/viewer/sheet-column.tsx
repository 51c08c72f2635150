"use client";
import type { MapLayer } from "@autoencoder/model";
import { ContactSheetFigure, fixed, integer, isVector, layerScale, mapScale, Toggle } from "@autoencoder/ui";
import { memo, useState } from "react";
import { useSwipe } from "../../shared/sideways.ts";
import styles from "./sheet-column.module.css";
import viewer from "./viewer.module.css";

export interface SheetColumnProps {
  layers: readonly MapLayer[];
  layer: MapLayer;
  /** Address of the sheet that the server draws. */
  image: string;
  values: Float32Array | undefined;
  /** The chosen map, and its values. */
  chosen: number;
  map: Float32Array | undefined;
  /** Undefined where the run has no statistics. */
  dead: ReadonlySet<number> | undefined;
  onChoose: (map: number) => void;
  onOpen: (layer: string) => void;
}

/** No map is known to be dead. */
export const noMaps: ReadonlySet<number> = new Set();

/** All maps of a layer; a finger swipes to the layer before and after. */
export const SheetColumn = memo(function SheetColumn(props: SheetColumnProps) {
  const { layers, layer, image, values, chosen, map, dead, onChoose, onOpen } = props;
  const [shared, setShared] = useState(true);
  const swipe = useSwipe((step) => {
    const to = layers[layer.index + step];
    if (to) onOpen(to.name);
  });
  return (
    <section className={viewer.sheet} aria-label={`All maps of ${layer.name}`} {...swipe}>
      <h2>
        <code>{layer.name}</code>{" "}
        <small>
          {layer.spec.className}, {layer.shape.join(" × ")}
        </small>
      </h2>
      <ContactSheetFigure
        name={layer.name}
        shape={layer.shape}
        image={image}
        values={values}
        shared={shared ? layerScale(layer, values ?? new Float32Array(1)) : undefined}
        chosen={chosen}
        dead={dead ?? noMaps}
        onChoose={onChoose}
      />
      {!isVector(layer) && (
        <ScaleLine
          maps={layer.shape[2]}
          shared={shared}
          onShared={setShared}
          values={values}
          map={map}
          silent={silentCount(values, layer.shape[2], dead)}
          dead={dead?.size}
        />
      )}
    </section>
  );
});

/** How many maps are 0 everywhere for this digit, without those that are so for every digit. */
function silentCount(values: Float32Array | undefined, maps: number, dead: ReadonlySet<number> = noMaps): number {
  if (!values) return 0;
  const loud = new Set(dead);
  values.forEach((value, at) => {
    if (value !== 0) loud.add(at % maps);
  });
  return maps - loud.size;
}

interface ScaleLineProps {
  maps: number;
  shared: boolean;
  onShared: (shared: boolean) => void;
  values: Float32Array | undefined;
  map: Float32Array | undefined;
  silent: number;
  /** Undefined where the run has no statistics. */
  dead: number | undefined;
}

/** What black and white mean on the sheet, and what its marks mean. */
function ScaleLine({ maps, shared, onShared, values, map, silent, dead }: ScaleLineProps) {
  const scale = mapScale((shared ? values : map) ?? new Float32Array(1));
  return (
    <div className={styles.scale}>
      {maps > 1 && (
        <Toggle
          label="Scales of the maps"
          options={[true, false]}
          value={shared}
          onChoose={onShared}
          name={(one) => (one ? "one scale" : "one each")}
        />
      )}
      {values && (
        <span className={styles.greys}>
          <span className="number">{fixed(scale.low, 2)}</span>
          <span aria-hidden="true" />
          <span className="number">{fixed(scale.high, 2)}</span>
          {!shared && <small> (the chosen map)</small>}
        </span>
      )}
      {maps > 1 && (
        <p className="note">
          {integer(silent)} silent for this digit{silent > 0 && " (hollow corner)"}
          {dead !== undefined && `, ${integer(dead)} dead for all test digits${dead > 0 ? " (crossed corner)" : ""}`}.
        </p>
      )}
    </div>
  );
}
