import { del, get, set } from "idb-keyval";
import * as v from "valibot";
import { assignmentSettings, type TrainingSettings } from "../../training/settings.ts";
import type { KeptCourse } from "./lane.ts";

/** A training that an earlier visit left: its state and its course, in this browser's IndexedDB. */
export interface KeptTraining extends KeptCourse {
  settings: TrainingSettings;
  step: number;
}

const key = "training";

const settings = v.object({
  learningRate: v.number(),
  batchSize: v.number(),
  latent: v.number(),
  // A training that was kept before these could be chosen has the assignment's.
  filters: v.optional(v.number(), assignmentSettings.filters),
  images: v.optional(v.number(), assignmentSettings.images),
  loss: v.picklist(["mse", "bce"]),
  optimizer: v.picklist(["adam", "sgd"]),
  outputBias: v.number(),
  seed: v.number(),
});
const training = v.object({
  settings,
  step: v.number(),
  steps: v.array(v.object({ step: v.number(), loss: v.number(), gradientNorm: v.number() })),
  epochs: v.array(
    v.object({
      tell: v.literal("epoch"),
      epoch: v.number(),
      step: v.number(),
      loss: v.number(),
      valLoss: v.union([v.number(), v.nan()]),
      seconds: v.number(),
    }),
  ),
  state: v.instance(Uint8Array<ArrayBuffer>),
});

/** What this page has kept: where the browser keeps nothing (private windows, a full disk), it lasts as long as the page. */
let newest: KeptTraining | undefined;

export async function keep(kept: KeptTraining): Promise<void> {
  newest = kept;
  const { settings, step, steps, epochs, state } = kept;
  const plain = steps.map(({ step, loss, gradientNorm }) => ({ step, loss, gradientNorm }));
  await set(key, { settings, step, steps: plain, epochs, state }).catch(() => undefined);
}

/** What was kept last, here or by an earlier visit; undefined where there is nothing, or nothing that this page understands. */
export async function readKept(): Promise<KeptTraining | undefined> {
  if (newest) return newest;
  const found = await get(key).catch(() => undefined);
  const parsed = v.safeParse(training, found);
  return parsed.success ? parsed.output : undefined;
}

export async function forgetKept(): Promise<void> {
  newest = undefined;
  await del(key).catch(() => undefined);
}
