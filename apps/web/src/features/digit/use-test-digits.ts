import { useCallback, useRef } from "react";
import { fetchBytes } from "../../shared/fetch-numbers.ts";
import { pictureAt, pixelCount } from "../../shared/pixels.ts";
import type { LiveData } from "./live-data.ts";

/** Pixels of the recorded samples as bytes, one digit after the other, in the samples' order; fetched once, when they are asked for. */
export function useTestDigits({ pictures, digits }: LiveData): () => Promise<Uint8Array> {
  const fetched = useRef<Promise<Uint8Array>>(undefined);
  return useCallback(() => {
    fetched.current ??= fetchDigits(pictures, digits).catch((error) => {
      fetched.current = undefined;
      throw error;
    });
    return fetched.current;
  }, [pictures, digits]);
}

async function fetchDigits(address: string, digits: LiveData["digits"]): Promise<Uint8Array> {
  const images = await fetchBytes(address).catch((error: Error) => {
    throw new Error(`The test digits did not load: ${error.message}.`);
  });
  const chosen = new Uint8Array(digits.length * pixelCount);
  for (const [sample, { index }] of digits.entries()) pictureAt(chosen, sample).set(pictureAt(images, index));
  return chosen;
}
