import { useEffect, useRef, useState } from "react";
import { mostSeed } from "../../training/settings.ts";
import type { Lane, LaneState } from "./lane.ts";
import { type SeedTile, seedSteps, seedsInSeries } from "./seed-wall.tsx";

/**
 * The seeds that were tried, and a series that runs by itself.
 * @param next begins with another seed, without ending the series
 */
export function useSeedWall(lane: Lane | undefined, state: LaneState | undefined, next: (seed: number) => void) {
  const [tiles, setTiles] = useState<readonly SeedTile[]>([]);
  const [left, setLeft] = useState<number>();
  const done = state !== undefined && state.step >= seedSteps && state.frames.at(-1) !== undefined;
  const settled = useRef<Lane>(undefined); // a training that has its tile, or gets none
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each training that has come so far
  useEffect(() => {
    const frame = state?.frames.at(-1);
    // Trained weights say nothing of a seed.
    if (!done || !state || !frame || settled.current === lane || state.settings.start === "trained") return;
    settled.current = lane;
    const tile: SeedTile = {
      settings: state.settings,
      step: state.step,
      mse: frame.mse,
      black: frame.meanOutput < 0.01,
      picture: frame.pictures.slice(0, 784),
    };
    setTiles((before) => [...before, tile]);
    if (left === undefined) return;
    setLeft(left > 1 ? left - 1 : undefined);
    if (left > 1) next(otherSeed(state.settings.seed));
  }, [done, lane]);
  return {
    tiles,
    left,
    runMore: () => {
      setLeft(seedsInSeries);
      next(otherSeed(state?.settings.seed ?? 0));
    },
    stop: () => setLeft(undefined),
    /** What is changed on the way is no seed's own doing: this training leaves no tile, and ends a series. */
    leaveOut: () => {
      settled.current = lane;
      setLeft(undefined);
    },
  };
}

export function otherSeed(seed: number): number {
  const other = 1 + Math.floor(Math.random() * (mostSeed - 1));
  return other >= seed ? other + 1 : other;
}
