import { useCallback, useRef } from "react";
import type { LiveData } from "./live-data.ts";

const size = 784;

/** Pixels of the recorded samples as bytes, 784 each, in the samples' order; fetched once, when they are asked for. */
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
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) {
    const got = response ? `the server answered ${response.status}` : "the connection failed";
    throw new Error(`The test digits did not load: ${got}.`);
  }
  const images = new Uint8Array(await response.arrayBuffer());
  const chosen = new Uint8Array(digits.length * size);
  digits.forEach(({ index }, sample) => {
    chosen.set(images.subarray(index * size, (index + 1) * size), sample * size);
  });
  return chosen;
}
