"use client";
import { type CSSProperties, useLayoutEffect, useRef } from "react";
import { toRgba } from "./pixels.ts";
import { type Pixels8, pngAddress } from "./png.ts";

export interface PixelPictureProps {
  pixels: Pixels8;
  /** What the picture shows, for those who do not see it; empty for a picture that text beside it describes. */
  label: string;
  className?: string | undefined;
}

/**
 * A small picture, one value to a pixel, enlarged without smoothing to the size that its class gives it.
 * The server paints it as a PNG, the page as a canvas over it: the first paint needs no script, and changes do not flicker.
 */
export function PixelPicture({ pixels, label, className }: PixelPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef(false);
  // Only the server's: in the page the canvas is painted before anybody sees it.
  const first = typeof window === "undefined" ? `url(${pngAddress(pixels)})` : undefined;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return; // the PNG stays
    context.putImageData(new ImageData(toRgba(pixels), pixels.width, pixels.height), 0, 0);
    if (!painted.current && canvas.current) canvas.current.style.backgroundImage = "none";
    painted.current = true;
  }, [pixels]);
  const style: CSSProperties = {
    backgroundImage: first,
    backgroundSize: "100% 100%",
    imageRendering: "pixelated",
  };
  const described = label ? ({ role: "img", "aria-label": label } as const) : ({ "aria-hidden": true } as const);
  return (
    <canvas
      {...described}
      ref={canvas}
      suppressHydrationWarning
      width={pixels.width}
      height={pixels.height}
      className={className}
      style={painted.current ? { imageRendering: "pixelated", backgroundImage: "none" } : style}
    />
  );
}
