"use client";
import { useEffect, useRef, useState } from "react";
import { decodeBytes, decodeFloats } from "../../src/features/digit/encoding.ts";
import { fetchTestDigits } from "../../src/shared/fetch-numbers.ts";
import { askServer, type PageAnswers } from "../../src/trpc/ask.ts";

type Neighbour = PageAnswers["neighbours"][number];

/** An answer that the server gave with the page; arrays in base64. */
export interface FirstNeighbours {
  latent: string;
  nearest: readonly (Neighbour & { pixels: string })[];
}

/**
 * The test digits whose codes are nearest to a code, nearest first; the last answer stays until the next has come.
 * @param first those of the code that the figure opens on
 */
export function useNeighbours(run: string, latent: Float32Array, first: FirstNeighbours) {
  const [found, setFound] = useState(() =>
    first.nearest.map(({ pixels, ...digit }) => ({ ...digit, pixels: decodeBytes(pixels) })),
  );
  const [problem, setProblem] = useState<string>();
  /** The code whose neighbours are shown. */
  const answered = useRef<Float32Array>(undefined);
  answered.current ??= decodeFloats(first.latent);
  useEffect(() => {
    let current = true;
    // While a digit is drawn or a slider dragged the code changes with every frame; the server is asked when it rests.
    const timer = setTimeout(async () => {
      try {
        if (latent.every((value, at) => value === answered.current?.[at])) return setProblem(undefined);
        const code = Array.from(latent, (value) => Number(value.toFixed(5)));
        const nearest = await askServer((api) => api.neighbours.query({ name: run, latent: code }));
        const pictures = await fetchTestDigits(nearest.map(({ index }) => index));
        if (!current) return;
        answered.current = latent;
        setFound(nearest.map((digit, at) => ({ ...digit, pixels: pictures[at] as Uint8Array<ArrayBuffer> })));
        setProblem(undefined);
      } catch (error) {
        if (current) setProblem((error as Error).message);
      }
    }, 250);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [run, latent]);
  return { found, problem };
}
