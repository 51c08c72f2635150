"use client";
import { type MapLayer, printedShape } from "@autoencoder/model";
import { layerMark } from "@autoencoder/ui";
import { memo, useRef } from "react";
import styles from "./layer-rail.module.css";
import { useCentred } from "./sideways.ts";

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
          aria-label={`${layer.name}, ${printedShape(layer.shape)}`}
          onClick={() => onOpen(layer.name)}
        >
          <b>{layerMark(layers, layer)}</b>
          <small className="number">{layer.shape.join("×")}</small>
        </button>
      ))}
    </nav>
  );
});
