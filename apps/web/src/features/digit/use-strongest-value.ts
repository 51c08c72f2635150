import { useMemo } from "react";
import { success } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import type { LiveDigit } from "./use-live-digit.ts";

/** Of each value of the code its 1st and 99th percentile over the test digits: [latent] each. */
export interface CodeEnds {
  low: Float32Array;
  high: Float32Array;
}

/** The value of a code whose pull to one of its ends changes the picture most, and the MSE between the two pictures. */
export interface StrongestValue {
  index: number;
  end: "low" | "high";
  mse: number;
}

/** Milliseconds in which a digit stays the same before it is looked for what changes it most. */
const rest = 600;

/** Which value of the digit's code changes its picture most; undefined until it is found. */
export function useStrongestValue({ client, state, digit }: LiveDigit, { low, high }: CodeEnds) {
  const latent = digit?.latent;
  const live = state.kind === "live";
  const ask = useMemo(() => {
    if (!latent || !live) return undefined;
    return async (signal: AbortSignal) => {
      const result = await client.pulls({ latent, low, high }, { signal });
      return result.ok ? success({ of: latent, ...strongest(result.value.changes) }) : result;
    };
  }, [client, live, latent, low, high]);
  const { value: found } = useAsk(ask, { wait: rest });
  return found?.of === latent ? found : undefined;
}

/** @param changes as the procedure `pulls` gives them */
function strongest(changes: Float32Array): StrongestValue {
  const mse = Math.max(...changes);
  const at = changes.indexOf(mse);
  return { index: Math.floor(at / 2), end: at % 2 === 0 ? "low" : "high", mse };
}
