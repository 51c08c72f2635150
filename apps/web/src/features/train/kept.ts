import { del, get, set } from "idb-keyval";
import * as v from "valibot";
import { pixelCount } from "../../shared/pixels.ts";
import { assignmentSettings } from "../../training/settings.ts";
import type { KeptTraining } from "./lane.ts";

/** The training that an earlier visit left, and the one that another left before it, in this browser's IndexedDB. */

const [key, keyBefore] = ["training", "training before"];

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
  start: v.optional(v.picklist(["random", "trained"]), assignmentSettings.start),
  drawing: v.optional(v.picklist(["watch", "train"]), assignmentSettings.drawing),
});
const training = v.object({
  visit: v.optional(v.string()),
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
  start: v.optional(
    v.object({
      run: v.string(),
      files: v.array(v.object({ path: v.string(), sha256: v.string() })),
      weights: v.instance(Float32Array<ArrayBuffer>),
    }),
  ),
  drawing: v.optional(v.pipe(v.instance(Uint8Array<ArrayBuffer>), v.length(pixelCount))),
});

/** What this page has kept: where the browser keeps nothing (private windows, a full disk), it lasts as long as the page. */
let newest: KeptTraining | undefined;

/** Tells the trainings of this page from those of other visits and tabs. */
let visit = `${Date.now()} ${Math.random()}`;

/** Keeps a training in the place of this page's last one. What another visit or tab has left there is kept as the one before. */
export async function keep(kept: KeptTraining): Promise<void> {
  newest = { ...kept, visit };
  const plain = kept.steps.map(({ step, loss, gradientNorm }) => ({ step, loss, gradientNorm }));
  try {
    const left = await read(key);
    if (left && left.visit !== visit) await set(keyBefore, left);
    await set(key, { ...newest, steps: plain });
  } catch {
    // it lasts as long as the page
  }
}

/** From here on this page goes on with it: it is its own. */
export function takeUp(kept: KeptTraining): void {
  visit = kept.visit ?? visit;
}

let underWay: Promise<void> | undefined;

/** Keeps a training as it stands; one at a time, and nothing where its worker ends before it has told. */
export async function keepFrom(lane: { kept(): Promise<KeptTraining> }): Promise<void> {
  if (underWay) return underWay;
  const own = lane
    .kept()
    .then(keep)
    .catch(() => undefined);
  underWay = own;
  await own;
  underWay = undefined;
}

/** What was kept last, here or by an earlier visit; undefined where there is nothing, or nothing that this page understands. */
export async function readKept(): Promise<KeptTraining | undefined> {
  await underWay;
  return newest ?? read(key);
}

/** What earlier visits have left, the last one first. */
export async function readLeft(): Promise<KeptTraining[]> {
  const [last, before] = [await readKept(), await read(keyBefore)];
  return [last, before].filter((one) => one !== undefined);
}

async function read(from: string): Promise<KeptTraining | undefined> {
  const parsed = v.safeParse(training, await get(from).catch(() => undefined));
  return parsed.success ? parsed.output : undefined;
}

export async function forget(kept: KeptTraining): Promise<void> {
  await underWay;
  if (newest?.visit === kept.visit) newest = undefined;
  for (const one of [key, keyBefore]) {
    if ((await read(one))?.visit === kept.visit) await del(one).catch(() => undefined);
  }
}
