"use client";
import { useMemo } from "react";
import type { ModelClient } from "../../src/network/index.ts";
import { useAsk } from "../../src/shared/use-ask.ts";

/** What the decoder paints of a code; the last picture stays until the next has come. */
export function useDecoded(client: ModelClient, live: boolean, latent: Float32Array, first: Float32Array) {
  const ask = useMemo(
    () => (live ? (signal: AbortSignal) => client.decode({ latent }, { signal }) : undefined),
    [client, live, latent],
  );
  return useAsk(ask).value?.reconstruction ?? first;
}
