import type { Dataset } from "@autoencoder/data";
import { countNearestOfSameClass, modelOutputShape, sizeOf } from "@autoencoder/model";
import type { DataParallel } from "@autoencoder/model/data-parallel";
import type { Recipe } from "@autoencoder/model/recipes";
import { predict, Trainer, type TrainingImages, type TrainingState } from "@autoencoder/model/training";
import { duration } from "./progress.ts";
import { picturesOfSnapshots } from "./run-folder/snapshots.ts";
import { arithmeticOfStatistics } from "./run-folder/statistics.ts";

/** How long a run will take, measured on a few steps with weights that are thrown away. */
export interface Estimate {
  secondsPerBatch: number;
  epochsLeft: number;
  /** To the end of the last epoch: batches, validation and snapshots. */
  training: number;
  /** After it: measuring on the test images, and the files. */
  publishing: number;
}

/** A training that is to be timed. */
interface ToEstimate {
  recipe: Recipe;
  dataset: Dataset;
  images: TrainingImages;
  /** How far it has come already. */
  done: TrainingState["progress"] | undefined;
  parallel: DataParallel | undefined;
}

/** A run of so few batches is over before it is measured. */
const tooShort = 10;
/** Steps that are not timed: an engine warms up, or makes a graph of the step and checks it. */
const untimed = 2;
/** Steps that are timed: one for a trial, where three would be a part of its time. */
const timedSteps = { trial: 1, run: 3 };
/** A trial has fewer batches than this. */
const trial = 60;
/** Pictures whose passage through the network is timed: those of one call of `predict`. */
const timedPictures = 250;
/** How often the test images pass: reconstructions once, and activation statistics in twice the time, since all is read. */
const testPassages = 3;

/**
 * Times a few steps; undefined where the run itself takes hardly more.
 * @param between is told what is being done, between two steps; what it throws ends the measuring
 */
export async function estimate(
  { recipe, dataset, images, done, parallel }: ToEstimate,
  between: (what: string) => Promise<void>,
): Promise<Estimate | undefined> {
  const batches = Math.ceil(images.train / recipe.batchSize);
  const { step, epoch } = done ?? { step: 0, epoch: 0 };
  const last = batches * recipe.epochs;
  if (last - step < tooShort) return undefined;
  const epochsLeft = recipe.epochs - epoch;
  const steps = last - step < trial ? timedSteps.trial : timedSteps.run;
  const { secondsPerBatch, secondsPerPicture, secondsPerPublished } = await timeEngine(
    { recipe, images, parallel },
    { steps, between },
  );
  const pictures =
    images.validation * epochsLeft + picturesOfSnapshots(images.train, { from: step, to: last, epochs: epochsLeft });
  await between("timing this machine …");
  const codeLength = sizeOf(modelOutputShape(recipe.spec.encoder));
  return {
    secondsPerBatch,
    epochsLeft,
    training: secondsPerBatch * (last - step) + secondsPerPicture * pictures,
    publishing:
      secondsPerPublished * dataset.test.count * testPassages +
      secondsPerMultiplyAdd() * arithmeticOfStatistics(dataset, images, codeLength),
  };
}

/** `about 3 min 5 s for 2 epochs (1040 ms for a batch of 128), then 40 s to measure and write the run` */
export function describeEstimate(expected: Estimate, { batchSize }: Recipe): string {
  const { secondsPerBatch, epochsLeft, training, publishing } = expected;
  const epochs = `${epochsLeft} ${epochsLeft === 1 ? "epoch" : "epochs"}`;
  const batch = `${(secondsPerBatch * 1000).toFixed(0)} ms for a batch of ${batchSize}`;
  return `about ${duration(training)} for ${epochs} (${batch}), then ${duration(publishing)} to measure and write the run`;
}

interface Timing {
  steps: number;
  between: (what: string) => Promise<void>;
}

async function timeEngine(
  { recipe, images, parallel }: Pick<ToEstimate, "recipe" | "images" | "parallel">,
  { steps, between }: Timing,
) {
  const now = new Date().toISOString();
  const trainer = new Trainer({ recipe, random: Math.random, outputBias: -1, now, parallel });
  const clock = () => performance.now() / 1000;
  const times: number[] = [];
  try {
    let last = clock();
    for await (const event of trainer.train(images, { clock, residentBytes: () => 0 })) {
      if (event.kind !== "batch") continue;
      times.push(clock() - last);
      if (times.length === untimed + steps) break;
      await between(`timing step ${times.length} of ${untimed + steps - 1} …`);
      last = clock();
    }
    const timed = times.slice(untimed).sort((a, b) => a - b);
    const pictures = images.gather(Uint32Array.from({ length: Math.min(timedPictures, images.train) }, (_, at) => at));
    const passage = async () => {
      const started = clock();
      await predict(trainer.models.autoencoder, pictures);
      return (clock() - started) / Math.min(timedPictures, images.train);
    };
    // An engine makes a graph of this too; what is published is looked at operation by operation.
    const secondsPerPublished = await passage();
    for (let call = 1; call < untimed; call++) await passage();
    return {
      secondsPerBatch: timed[Math.floor(timed.length / 2)] as number,
      secondsPerPicture: await passage(),
      secondsPerPublished,
    };
  } finally {
    trainer.dispose();
  }
}

/** Seconds of a multiply-add in a plain loop over float32 on this machine: of the second call, which is compiled. */
function secondsPerMultiplyAdd(): number {
  const [asked, among, width] = [20, 1000, 784];
  const values = new Float32Array((asked + among) * width);
  const labels = new Uint8Array(asked + among);
  let seconds = 0;
  for (const _ of ["warm", "timed"]) {
    const started = performance.now();
    countNearestOfSameClass({ values, width }, labels, { asked, among });
    seconds = (performance.now() - started) / 1000;
  }
  return seconds / (asked * among * width);
}
