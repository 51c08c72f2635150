"use client";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { codeBarsPath } from "../charts/code-bars.ts";
import type { MapScale } from "./map-scale.ts";
import { averagePixels, toRgba } from "./pixels.ts";
import styles from "./strip.module.css";
import { blockPixels, type Strip, type StripBlock } from "./strip.ts";

export interface BlockPictureProps {
  block: StripBlock;
  /** The whole strip of the digit that the page opens on, drawn by the server: its part is shown until there are numbers. */
  image: string;
  strip: { width: number; height: number };
  /** The numbers of the layer and their scale; undefined until the network is live. */
  values: Float32Array | undefined;
  scale: MapScale | undefined;
  /** How many numbers, across and down, become one pixel of the canvas: 1 where there is a screen pixel for each; 0 where nothing is seen. */
  averaged: number;
  /** Whether the server's picture is fetched only where it is seen. */
  lazy?: boolean;
}

/** One layer's numbers on the strip. */
export function BlockPicture({ block, image, strip, values, scale, averaged, lazy }: BlockPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !values || !scale || averaged === 0) return;
    const pixels = averagePixels(blockPixels(block, values, scale), averaged);
    context.putImageData(new ImageData(toRgba(pixels), pixels.width, pixels.height), 0, 0);
  }, [block, values, scale, averaged]);
  const each = Math.max(1, averaged);
  const [width, height] = [block.width, block.rows * block.layer.shape[0]].map((size) => Math.ceil(size / each));
  const units = (numbers: number) => `calc(var(--px) * ${numbers})`;
  return (
    <span className={styles.picture} data-testid="strip-picture">
      <img
        src={image}
        alt=""
        loading={lazy ? "lazy" : undefined}
        hidden={values !== undefined}
        style={{
          width: units(strip.width),
          height: units(strip.height),
          marginLeft: units(-block.x),
          marginTop: units(-block.y),
        }}
      />
      <canvas
        ref={canvas}
        width={width}
        height={height}
        hidden={values === undefined}
        style={{ width: units((width as number) * each), height: units((height as number) * each) }}
      />
    </span>
  );
}

/** The code as bars, and beneath them the same numbers at the strip's own scale, one pixel each. */
export function BlockCode({ latent }: { latent: Float32Array | undefined }) {
  return (
    <span className={styles.picture} data-testid="strip-picture">
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

/**
 * How many numbers, across and down, share one pixel of the screen: they are averaged before they are drawn, since a
 * browser that shrinks a picture may also pick one of them. 0 where none of the blocks is seen.
 * @param blocks an element whose children are the strip's blocks
 */
export function useAveraging(blocks: RefObject<HTMLElement | null>, { blocks: all }: Strip): number {
  const [averaged, setAveraged] = useState(1);
  useLayoutEffect(() => {
    const measure = () => {
      const widths = [...(blocks.current?.children ?? [])].map((block) => block.getBoundingClientRect().width);
      // The code is drawn magnified, and so says nothing about the others.
      const at = all.findIndex(({ layer }, index) => layer.part !== "code" && (widths[index] ?? 0) > 0);
      const numbers = all[at]?.width;
      if (numbers) setAveraged(Math.max(1, Math.round(numbers / ((widths[at] as number) * devicePixelRatio))));
      else if (widths.every((width) => width === 0)) setAveraged(0);
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (blocks.current) observer.observe(blocks.current);
    return () => observer.disconnect();
  }, [blocks, all]);
  return averaged;
}
