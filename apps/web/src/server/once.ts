import type { Run } from "@autoencoder/model/run";
import { weightsKey } from "../features/digit/recorded-digits.ts";

/** Computes at its first use and keeps the result; what failed is tried again. */
export function once<Value>(compute: () => Promise<Value>): () => Promise<Value> {
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
export function oncePerNetwork<Value>(compute: (run: Run) => Promise<Value>): (run: Run) => Promise<Value> {
  const known = new Map<string, () => Promise<Value>>();
  return (run) => {
    const key = weightsKey(run);
    const found = known.get(key) ?? once(() => compute(run));
    known.set(key, found);
    return found();
  };
}
