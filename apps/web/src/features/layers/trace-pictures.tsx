"use client";
import { type Cells, layerValues, type MapLayer } from "@autoencoder/model";
import {
  codeBarsPath,
  greatestSize,
  greyPixels,
  layerScale,
  MarkedPicture,
  PixelPicture,
  SignedLegend,
  scaledPixels,
  signedPixels,
} from "@autoencoder/ui";
import { useMemo } from "react";
import type { RebuiltDigit } from "../digit/digits.ts";
import legend from "./legend.module.css";
import styles from "./trace.module.css";

interface MarkedProps {
  layer: MapLayer;
  /** The numbers of all layers. */
  activations: Float32Array;
  /** The cells to frame. */
  cells: Cells;
}

/** A layer's maps as one picture, their mean, with the cells that are read. */
export function Marked({ layer, activations, cells }: MarkedProps) {
  const pixels = useMemo(() => meanOfMaps(layer, layerValues(activations, layer)), [activations, layer]);
  const label = `the mean of the ${layer.shape[2]} maps of ${layer.name}`;
  return <MarkedPicture pixels={pixels} label={label} marked={cells} className={styles.marked} />;
}

export function CodeBars({ latent }: { latent: Float32Array }) {
  const size = { width: latent.length * 10, height: 96 };
  return (
    <svg
      className={styles.codeBars}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={`The ${latent.length} numbers of the code`}
      preserveAspectRatio="none"
    >
      <path d={codeBarsPath(latent, { ...size, gap: 2.5 })} />
    </svg>
  );
}

/** A part of a picture, from 0 to 1 along both sides. */
export interface Span {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** From one picture of the trace to the next, in sides of a picture: as trace.module.css sets them. */
const step = (76 + 22) / 76;

/** Lines from what is read of one picture to what is read of the next one on the way back, to its right. */
export function Cone({ near, far }: { near: Span; far: Span }) {
  const left = step + far.left;
  return (
    <svg className={styles.cone} viewBox={`0 0 ${step + 1} 1`} aria-hidden="true" focusable="false">
      {(["top", "bottom"] as const).map((edge) => (
        <line
          key={edge}
          x1={near.right}
          y1={near[edge]}
          x2={left}
          y2={far[edge]}
          vectorEffect="non-scaling-stroke"
          data-edge={edge}
        />
      ))}
    </svg>
  );
}

interface InfluenceMapProps {
  gradient: Float32Array;
  digit: RebuiltDigit;
  width: number;
}

/** The input, and beside it how the rebuilt pixel answers to each of its pixels. */
export function InfluenceMap({ gradient, digit, width }: InfluenceMapProps) {
  const greatest = greatestSize(gradient);
  return (
    <figure>
      <div className={styles.influence}>
        <PixelPicture pixels={greyPixels(digit.pixels, width)} label="the input" />
        <PixelPicture
          pixels={signedPixels(gradient, width, greatest)}
          label="the influence of every input pixel: teal would make the rebuilt pixel brighter, vermilion darker"
        />
      </div>
      <figcaption className="note">
        Influence ∂ŷ/∂x: how much the rebuilt pixel changes for a small change of each input pixel.{" "}
        <SignedLegend range={greatest} className={legend.legend} decimals={4} />
      </figcaption>
    </figure>
  );
}

function meanOfMaps(layer: MapLayer, values: Float32Array) {
  const [height, width, maps] = layer.shape;
  const mean = Float32Array.from({ length: height * width }, (_, at) => {
    let sum = 0;
    for (let map = 0; map < maps; map++) sum += values[at * maps + map] as number;
    return sum / maps;
  });
  return scaledPixels(mean, width, layerScale(layer, mean));
}
