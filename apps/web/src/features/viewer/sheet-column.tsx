"use client";
import type { MapLayer } from "@autoencoder/model";
import { ContactSheetFigure, layerScale } from "@autoencoder/ui";
import { memo, useState } from "react";
import { none, ScaleLine, silentCount } from "./parts.tsx";
import { useSwipe } from "./use-swipe.ts";
import styles from "./viewer.module.css";

export interface SheetColumnProps {
  stages: readonly MapLayer[];
  stage: MapLayer;
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

/** All maps of a layer; a finger swipes to the layer before and after. */
export const SheetColumn = memo(function SheetColumn(props: SheetColumnProps) {
  const { stages, stage, image, values, chosen, map, dead, onChoose, onOpen } = props;
  const [shared, setShared] = useState(true);
  const swipe = useSwipe((step) => {
    const to = stages[stage.index + step];
    if (to) onOpen(to.name);
  });
  return (
    <section className={styles.sheet} aria-label={`All maps of ${stage.name}`} {...swipe}>
      <h2>
        <code>{stage.name}</code>{" "}
        <small>
          {stage.spec.className}, {stage.shape.join(" × ")}
        </small>
      </h2>
      <ContactSheetFigure
        name={stage.name}
        shape={stage.shape}
        image={image}
        values={values}
        shared={shared ? layerScale(stage, values ?? new Float32Array(1)) : undefined}
        chosen={chosen}
        dead={dead ?? none}
        onChoose={onChoose}
      />
      {stage.shape[0] * stage.shape[1] > 1 && (
        <ScaleLine
          maps={stage.shape[2]}
          shared={shared}
          onShared={setShared}
          values={values}
          map={map}
          silent={silentCount(values, stage.shape[2])}
          dead={dead?.size}
        />
      )}
    </section>
  );
});
