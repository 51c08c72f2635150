"use client";
import { useMemo } from "react";
import { decodeBytes, decodeFloats } from "../../src/features/digit/encoding.ts";
import { fetchTestDigits } from "../../src/shared/fetch-numbers.ts";
import { attempt, sentenceOf } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import { askServer, type PageAnswers } from "../../src/trpc/ask.ts";

type Neighbour = PageAnswers["neighbours"][number];

/** An answer that the server gave with the page; arrays in base64. */
export interface FirstNeighbours {
  latent: string;
  nearest: readonly (Neighbour & { pixels: string })[];
}

/**
 * The test digits whose codes are nearest to a code, nearest first; the last answer stays until the next has come, and is
 * not `fresh` until then.
 * @param first those of the code that the figure opens on
 */
export function useNeighbours(run: string, latent: Float32Array, first: FirstNeighbours) {
  const opening = useMemo(() => {
    const nearest = first.nearest.map(({ pixels, ...digit }) => ({ ...digit, pixels: decodeBytes(pixels) }));
    return { latent: decodeFloats(first.latent), nearest };
  }, [first]);
  const isOpening = latent.every((value, at) => value === opening.latent[at]);
  const ask = useMemo(() => {
    if (isOpening) return undefined; // the server has sent them
    return () =>
      attempt(async () => {
        const code = Array.from(latent, (value) => Number(value.toFixed(5)));
        const nearest = await askServer((api) => api.neighbours.query({ name: run, latent: code }));
        const pictures = await fetchTestDigits(nearest.map(({ index }) => index));
        return nearest.map((digit, at) => ({ ...digit, pixels: pictures[at] as Uint8Array }));
      });
  }, [isOpening, run, latent]);
  // While a digit is drawn or a slider dragged the code changes with every frame; the server is asked when it rests.
  const { value, result, fresh } = useAsk(ask, { wait: 250 });
  return isOpening
    ? { found: opening.nearest, fresh: true, problem: undefined }
    : { found: value ?? opening.nearest, fresh, problem: sentenceOf(result) };
}
