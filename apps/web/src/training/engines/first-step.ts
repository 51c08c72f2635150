import { createRandom } from "@autoencoder/data";
import { DataParallel, Replica } from "@autoencoder/model/data-parallel";
import { findRecipe } from "@autoencoder/model/recipes";
import { freshWeights } from "@autoencoder/model/tfjs";
import { Trainer } from "@autoencoder/model/training";

/** The training whose first step an engine has to take as all others do: the assignment's, on two pictures of noise. */
const recipe = { ...findRecipe("assignment"), batchSize: 2, onCollapse: "continue" as const };
const seed = 17;
const outputBias = -1.9;

/** A first step, in numbers that are flat in the order of the layers. */
export interface FirstStep {
  /** Of the batch, before the step. */
  loss: number;
  before: Float32Array;
  after: Float32Array;
  /** What Adam remembers after it: of a first step that is (1 − β₁) · gradient. */
  m: Float32Array;
}

/** A tensor of the network, and where its numbers are among all. */
export interface Part {
  name: string;
  start: number;
  length: number;
}

/** The network's tensors, in order. */
export function partsOf(): Part[] {
  let start = 0;
  return initialWeights().map(({ name, data }) => {
    const part = { name, start, length: data.length };
    start += data.length;
    return part;
  });
}

/** Takes the step on whatever tfjs backend is active, with the loop, the gradients and the optimizer of a training. */
export async function takeFirstStep(): Promise<FirstStep> {
  const { next } = createRandom(seed, 1);
  const pixels = Float32Array.from({ length: recipe.batchSize * 28 * 28 }, next);
  const parallel = new DataParallel([new Replica(recipe)], { spec: recipe.spec, shards: 1 });
  const trainer = new Trainer({ recipe, random: randomOf(), outputBias, now: new Date(0).toISOString(), parallel });
  const images = {
    train: recipe.batchSize,
    validation: 0,
    order: () => Uint32Array.from({ length: recipe.batchSize }, (_, at) => at),
    gather: () => pixels,
  };
  try {
    const fingerprint = "first step";
    const { weights: before } = await trainer.state(fingerprint);
    await trainer.train(images, { clock: () => 0, residentBytes: () => 0 }).next();
    const { weights: after, slots, losses } = await trainer.state(fingerprint);
    return { loss: losses[0] ?? Number.NaN, before, after, m: slots.m as Float32Array };
  } finally {
    trainer.dispose();
    await parallel.close();
  }
}

function randomOf(): () => number {
  const random = createRandom(seed);
  return () => random.next();
}

function initialWeights() {
  return freshWeights(recipe.spec, { random: randomOf(), outputBias });
}

/** Adam's settings in that step. */
export const { beta1, beta2, epsilon, learningRate } = recipe.optimizer as Extract<
  typeof recipe.optimizer,
  { name: "adam" }
>;
