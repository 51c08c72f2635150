"use client";
import { type MapLayer, printedShape } from "@autoencoder/model";
import { layerMark } from "@autoencoder/ui";
import { memo, useRef } from "react";
import { useCentred } from "./use-centred.ts";
import styles from "./viewer.module.css";

export interface StageRailProps {
  stages: readonly MapLayer[];
  current: string;
  onOpen: (name: string) => void;
}

/** The stages as chips that scroll sideways: the strip's place on a narrow screen. */
export const StageRail = memo(function StageRail({ stages, current, onOpen }: StageRailProps) {
  const rail = useRef<HTMLElement>(null);
  useCentred(rail, "[aria-current]", current);
  return (
    <nav ref={rail} className={styles.rail} aria-label="Layers">
      {stages.map((stage) => (
        <button
          key={stage.name}
          type="button"
          data-part={stage.part}
          aria-current={stage.name === current ? "true" : undefined}
          aria-label={`${stage.name}, ${printedShape(stage.shape)}`}
          onClick={() => onOpen(stage.name)}
        >
          <b>{layerMark(stages, stage)}</b>
          <small className="number">{stage.shape.join("×")}</small>
        </button>
      ))}
    </nav>
  );
});
