"use client";
import { useLayoutEffect, useRef } from "react";
import { codeBarsPath } from "./code-bars.ts";
import type { MapScale } from "./map-scale.ts";
import { averagePixels, toRgba } from "./pixels.ts";
import { blockPixels, type StripBlock } from "./strip.ts";

export interface BlockPictureProps {
  block: StripBlock;
  /** The whole strip of the digit that the page opens on, drawn by the server: its part is shown until there are numbers. */
  image: string;
  strip: { width: number; height: number };
  /** The numbers of the stage and their scale; undefined until the network is live. */
  values: Float32Array | undefined;
  scale: MapScale | undefined;
  /** How many numbers, across and down, become one pixel of the canvas: 1 where there is a screen pixel for each. */
  averaged: number;
}

/** One stage's numbers on the strip. */
export function BlockPicture({ block, image, strip, values, scale, averaged }: BlockPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !values || !scale) return;
    const pixels = averagePixels(blockPixels(block, values, scale), averaged);
    context.putImageData(new ImageData(toRgba(pixels), pixels.width, pixels.height), 0, 0);
  }, [block, values, scale, averaged]);
  const [width, height] = [block.width, block.rows * block.stage.shape[0]].map((size) => Math.ceil(size / averaged));
  const units = (numbers: number) => `calc(var(--px) * ${numbers})`;
  return (
    <span className="fig-strip-picture">
      <img
        src={image}
        alt=""
        hidden={values !== undefined}
        style={{ width: units(strip.width), height: units(strip.height), marginLeft: units(-block.x) }}
      />
      <canvas
        ref={canvas}
        width={width}
        height={height}
        hidden={values === undefined}
        style={{ width: units((width as number) * averaged), height: units((height as number) * averaged) }}
      />
    </span>
  );
}

/** The code as bars, and beneath them the same numbers at the strip's own scale, one pixel each. */
export function BlockCode({ latent }: { latent: Float32Array | undefined }) {
  return (
    <span className="fig-strip-picture">
      <svg viewBox="0 0 128 88" preserveAspectRatio="none" aria-hidden="true" focusable="false" data-part="bars">
        {latent && <path d={codeBarsPath(latent, { width: 128, height: 88, gap: 0.5 })} />}
      </svg>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false" data-part="hairlines">
        <path d="M0 0L47 100M100 0L53 100" vectorEffect="non-scaling-stroke" />
      </svg>
      <span
        data-part="true-size"
        style={{ "--side": Math.ceil(Math.sqrt(latent?.length ?? 0)) } as React.CSSProperties}
      />
    </span>
  );
}
