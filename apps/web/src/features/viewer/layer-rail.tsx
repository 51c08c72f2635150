"use client";
import { type MapLayer, printedShape } from "@autoencoder/model";
import { stageName } from "@autoencoder/ui";
import { memo, useRef } from "react";
import { useCentred } from "../../shared/sideways.ts";
import styles from "./layer-rail.module.css";

export interface LayerRailProps {
  layers: readonly MapLayer[];
  current: string;
  onOpen: (name: string) => void;
}

/** The layers as chips that scroll sideways: the strip's place on a narrow screen. */
export const LayerRail = memo(function LayerRail({ layers, current, onOpen }: LayerRailProps) {
  const rail = useRef<HTMLElement>(null);
  useCentred(rail, "[aria-current]", current);
  return (
    <nav ref={rail} className={styles.rail} aria-label="Layers">
      {layers.map((layer) => (
        <button
          key={layer.name}
          type="button"
          data-part={layer.part}
          aria-current={layer.name === current ? "true" : undefined}
          aria-label={`${stageName(layers, layer)}, ${layer.name}, ${printedShape(layer.shape)}`}
          onClick={() => onOpen(layer.name)}
        >
          <b>{stageName(layers, layer)}</b>
          <small className="number">{layer.shape.join("×")}</small>
        </button>
      ))}
    </nav>
  );
});
