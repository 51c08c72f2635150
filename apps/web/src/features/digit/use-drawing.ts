import {
  betweenPlacements,
  inkExtent,
  livePlacement,
  mnistPlacement,
  type PadPoint,
  type Placement,
  placeInk,
  type Stroke,
} from "@autoencoder/ui";
import { useCallback, useEffect, useRef, useState } from "react";
import { Drawing } from "./drawing.ts";

/** Milliseconds in which a lifted drawing slides from where it was to where MNIST would have it. */
const settleTime = 200;

export interface DrawingControls {
  strokes: readonly Stroke[];
  begin(point: PadPoint, width: number): void;
  extend(points: readonly PadPoint[]): void;
  end(): void;
  undo(): void;
  /** Empties the pad, which leaves no digit. */
  clear(): void;
  /** Empties the pad because another digit takes its place. */
  forget(): void;
}

/**
 * A drawing whose pixels are handed to `onPixels`, at most once a frame while the pen moves and in short steps when it
 * is lifted; undefined when nothing is drawn.
 */
export function useDrawing(onPixels: (pixels: Float32Array | undefined) => void): DrawingControls {
  const drawing = useRef<Drawing>(undefined);
  drawing.current ??= new Drawing();
  const it = drawing.current;
  const frame = useRef(0);
  const placed = useRef<Placement>(undefined);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);

  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const settle = useCallback(() => {
    const extent = inkExtent(it.ink);
    if (!extent) return;
    const to = mnistPlacement(extent);
    const from = placed.current ?? to;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let begun: number | undefined;
    const step = (now: number) => {
      begun ??= now;
      const part = still ? 1 : Math.min(1, (now - begun) / settleTime);
      placed.current = betweenPlacements(from, to, part);
      onPixels(placeInk(it.ink, placed.current));
      if (part < 1) frame.current = requestAnimationFrame(step);
    };
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(step);
  }, [it, onPixels]);

  const redraw = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      setStrokes(it.strokes);
      const extent = inkExtent(it.ink);
      if (!extent) return;
      placed.current = livePlacement(extent, it.ink.size);
      onPixels(placeInk(it.ink, placed.current));
    });
  }, [it, onPixels]);

  const lift = useCallback(() => {
    setStrokes(it.strokes);
    if (it.empty) {
      cancelAnimationFrame(frame.current);
      placed.current = undefined;
      onPixels(undefined);
    } else settle();
  }, [it, onPixels, settle]);

  return {
    strokes,
    begin: (point, width) => {
      it.begin(point, width);
      redraw();
    },
    extend: (points) => {
      if (!it.open) return;
      for (const point of points) it.extend(point);
      redraw();
    },
    end: () => {
      if (!it.open) return;
      it.end();
      lift();
    },
    undo: () => {
      it.undo();
      lift();
    },
    clear: () => {
      it.clear();
      lift();
    },
    forget: () => {
      cancelAnimationFrame(frame.current);
      placed.current = undefined;
      it.clear();
      setStrokes(it.strokes);
    },
  };
}
