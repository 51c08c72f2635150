import type { DataParallel } from "@autoencoder/model/data-parallel";
import type { Recipe } from "@autoencoder/model/recipes";
import { Trainer, type TrainingImages } from "@autoencoder/model/training";

/** How long a run will take, measured on a few steps with weights that are thrown away. */
export interface Estimate {
  secondsPerBatch: number;
  /** Of the epochs that are left. */
  seconds: number;
}

/** Steps that are run. The first two are not timed: an engine warms up, or makes a graph of the step and checks it. */
const [steps, untimed] = [5, 2];
/** A forward pass costs about a third of a training step. */
const forwardShare = 1 / 3;

/** A training that is to be timed. */
export interface ToEstimate {
  recipe: Recipe;
  images: TrainingImages;
  epochsLeft: number;
  parallel: DataParallel | undefined;
}

/** Times a few steps; undefined where the run itself takes hardly more. */
export async function estimate({ recipe, images, epochsLeft, parallel }: ToEstimate): Promise<Estimate | undefined> {
  const batches = Math.ceil(images.train / recipe.batchSize);
  if (batches * epochsLeft < steps * 5) return undefined;
  const now = new Date().toISOString();
  const trainer = new Trainer({ recipe, random: Math.random, outputBias: -1, now, parallel });
  const clock = () => performance.now() / 1000;
  const times: number[] = [];
  let last = clock();
  for await (const event of trainer.train(images, { clock, residentBytes: () => 0 })) {
    if (event.kind !== "batch") break;
    times.push(clock() - last);
    last = clock();
    if (times.length === steps) break;
  }
  trainer.dispose();
  const timed = times.slice(untimed).sort((a, b) => a - b);
  const secondsPerBatch = timed[Math.floor(timed.length / 2)] as number;
  const validationBatches = (images.validation / recipe.batchSize) * forwardShare;
  return { secondsPerBatch, seconds: secondsPerBatch * (batches + validationBatches) * epochsLeft };
}
