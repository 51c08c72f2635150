import { createHash } from "node:crypto";
import type { Run } from "@autoencoder/model/run";
import { dependOnUnknown } from "./dependencies.ts";

/** Computes at its first use and keeps the result; what failed is tried again. */
export function cached<Value>(compute: () => Promise<Value>): () => Promise<Value> {
  let known: Promise<Value> | undefined;
  return () => {
    // Only the work that computes has recorded the files which it failed at.
    if (known) return known.catch(asUnknown);
    known = compute().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

function asUnknown(error: unknown): never {
  dependOnUnknown("what another reader's page was computing");
  throw error;
}

/** The same for each network: a run that is trained again has other files and is computed again. */
export function cachedPerNetwork<Value>(compute: (run: Run) => Promise<Value>): (run: Run) => Promise<Value> {
  const byWeights = new Map<string, () => Promise<Value>>();
  return (run) => {
    const key = contentKey(run);
    const found = byWeights.get(key) ?? cached(() => compute(run));
    byWeights.set(key, found);
    return found();
  };
}

const keys = new WeakMap<Run, string>();

/** What a run's results are kept by: its spec and all its files, since a stranger's run may list another's weights. */
export function contentKey(run: Run): string {
  const known = keys.get(run);
  if (known !== undefined) return known;
  const content = JSON.stringify([run.spec, run.dataset, run.files]);
  const key = createHash("sha256").update(content).digest("base64");
  keys.set(run, key);
  return key;
}
