import { isDeepStrictEqual } from "node:util";
import { shown } from "@autoencoder/model";
import type { Recipe } from "@autoencoder/model/recipes";
import { type Run, runSchema } from "@autoencoder/model/run";
import { z } from "zod";
import { UsageError } from "../command-line.ts";

/** What must be the same for a checkpoint to be continued. */
export interface Fingerprint {
  recipe: Recipe;
  engine: string;
  /** Parts of a batch whose gradients are summed in order. Checkpoints from before there were any do not say it: 1. */
  shards?: number;
  /** How TensorFlow computed. Checkpoints from before do not say it: operation by operation, without oneDNN. */
  oneDnn?: boolean;
  graph?: boolean;
  threads?: number;
  /** Training images used, validation included. */
  images: number;
  /** SHA-256 of the data files, and of a reader's drawing among the images. */
  dataset: string[];
  /** The sources that the run began with; another version may continue it, and says so. */
  source: Run["source"];
}

/**
 * The fingerprint that a checkpoint was saved with, if it may be continued.
 * @throws Error that names the first thing in which it differs from the run that is to continue it
 */
export function checkFingerprint(saved: string, expected: Fingerprint): Fingerprint {
  const mend = "give the options that it was started with, or train without --resume";
  const checkpoint = parseFingerprint(saved);
  // Which shards a recipe asks for is compared as what it led to, below.
  const then = { ...checkpoint.recipe, shards: undefined };
  const now = { ...expected.recipe, shards: undefined };
  if (!isDeepStrictEqual(then, now)) {
    const field = Object.keys(now).find(
      (key) => !isDeepStrictEqual(then[key as keyof Recipe], now[key as keyof Recipe]),
    ) as keyof Recipe;
    const [got, asked] = [shown(checkpoint.recipe?.[field]), shown(expected.recipe[field])];
    throw new UsageError(
      `--resume: the checkpoint is of another recipe: expected ${field} ${asked} but got ${got}; ${mend}`,
    );
  }
  const decides = ({ shards = 1, oneDnn = false, graph = false, threads = expected.threads, ...of }: Fingerprint) => {
    return { ...of, shards, oneDnn, graph, threads };
  };
  const [got, asked] = [decides(checkpoint), decides(expected)];
  const mends: Partial<Record<keyof Fingerprint, string>> = {
    oneDnn: `set TF_ENABLE_ONEDNN_OPTS=${got.oneDnn ? 1 : 0}, or train without --resume`,
    graph: `${got.graph ? "leave out" : "add"} --eager, or train without --resume`,
    threads: `set TF_NUM_INTRAOP_THREADS=${got.threads}, or train without --resume`,
  };
  for (const key of ["engine", "images", "dataset", "shards", "oneDnn", "graph", "threads"] as const) {
    if (!isDeepStrictEqual(got[key], asked[key])) {
      const differs = `expected ${key} ${shown(asked[key])} but got ${shown(got[key])}`;
      throw new UsageError(`--resume: the checkpoint is of another run: ${differs}; ${mends[key] ?? mend}`);
    }
  }
  return checkpoint;
}

/** The shards that a checkpoint's run was trained in. @throws Error when its fingerprint is damaged */
export function savedShards(saved: string): number {
  return parseFingerprint(saved).shards ?? 1;
}

/** What else a fingerprint says is compared with the run that is to continue it, whatever it is. */
const readable = z.looseObject({
  source: runSchema.shape.source,
  shards: z.int().positive().optional(),
  oneDnn: z.boolean().optional(),
  graph: z.boolean().optional(),
  threads: z.int().positive().optional(),
});

function parseFingerprint(saved: string): Fingerprint {
  try {
    return readable.parse(JSON.parse(saved)) as unknown as Fingerprint;
  } catch (cause) {
    throw new Error("--resume: expected a checkpoint with its fingerprint but it is damaged; train without --resume", {
      cause,
    });
  }
}
