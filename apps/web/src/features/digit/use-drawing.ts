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
  const held = useRef<Drawing>(undefined);
  held.current ??= new Drawing();
  const drawing = held.current;
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const { follow, settle, stop } = usePlacement(drawing, onPixels);

  const redraw = useCallback(() => follow(() => setStrokes(drawing.strokes)), [drawing, follow]);
  const lift = useCallback(() => {
    setStrokes(drawing.strokes);
    if (drawing.empty) {
      stop();
      onPixels(undefined);
    } else settle();
  }, [drawing, onPixels, settle, stop]);

  return {
    strokes,
    begin: (point, width) => {
      drawing.begin(point, width);
      redraw();
    },
    extend: (points) => {
      if (!drawing.open) return;
      for (const point of points) drawing.extend(point);
      redraw();
    },
    end: () => {
      if (!drawing.open) return;
      drawing.end();
      lift();
    },
    undo: () => {
      drawing.undo();
      lift();
    },
    clear: () => {
      drawing.clear();
      lift();
    },
    forget: () => {
      stop();
      drawing.clear();
      setStrokes(drawing.strokes);
    },
  };
}

/** Where the ink lies in the picture that the network sees, frame by frame. */
function usePlacement(drawing: Drawing, onPixels: (pixels: Float32Array | undefined) => void) {
  const request = useRef(0);
  const placed = useRef<Placement>(undefined);
  useEffect(() => () => cancelAnimationFrame(request.current), []);

  const nextFrame = useCallback((work: FrameRequestCallback) => {
    cancelAnimationFrame(request.current);
    request.current = requestAnimationFrame(work);
  }, []);

  /** While the pen moves: in the next frame, the ink where it is drawn. */
  const follow = useCallback(
    (onFrame: () => void) =>
      nextFrame(() => {
        onFrame();
        const extent = inkExtent(drawing.ink);
        if (!extent) return;
        placed.current = livePlacement(extent, drawing.ink.size);
        onPixels(placeInk(drawing.ink, placed.current));
      }),
    [drawing, onPixels, nextFrame],
  );

  /** When it is lifted: the ink slides to where MNIST would have it. */
  const settle = useCallback(() => {
    const extent = inkExtent(drawing.ink);
    if (!extent) return;
    const to = mnistPlacement(extent);
    const from = placed.current ?? to;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let begun: number | undefined;
    const step = (now: number) => {
      begun ??= now;
      const part = still ? 1 : Math.min(1, (now - begun) / settleTime);
      placed.current = betweenPlacements(from, to, part);
      onPixels(placeInk(drawing.ink, placed.current));
      if (part < 1) request.current = requestAnimationFrame(step);
    };
    nextFrame(step);
  }, [drawing, onPixels, nextFrame]);

  const stop = useCallback(() => {
    cancelAnimationFrame(request.current);
    placed.current = undefined;
  }, []);

  return { follow, settle, stop };
}
