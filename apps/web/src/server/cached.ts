import type { Run } from "@autoencoder/model/run";
import { weightsKey } from "../shared/run-addresses.ts";

/** Computes at its first use and keeps the result; what failed is tried again. */
export function cached<Value>(compute: () => Promise<Value>): () => Promise<Value> {
  let known: Promise<Value> | undefined;
  return () => {
    known ??= compute().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/** The same for each network: a run that is trained again has other weights and is computed again. */
export function cachedPerNetwork<Value>(compute: (run: Run) => Promise<Value>): (run: Run) => Promise<Value> {
  const byWeights = new Map<string, () => Promise<Value>>();
  return (run) => {
    const key = weightsKey(run);
    const found = byWeights.get(key) ?? cached(() => compute(run));
    byWeights.set(key, found);
    return found();
  };
}
