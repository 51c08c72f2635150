import { findRecipe, type Recipe, recipes, vary } from "@autoencoder/model/recipes";
import { defaultRunName, trainEngines } from "@autoencoder/model/run";
import { z } from "zod";

/** What a page may ask this machine to train. */

/** More than this is started in a terminal, by somebody who knows the machine. */
export const trainingLimits = {
  epochs: 200,
  images: { least: 200, most: 60_000 },
  /** Trainings that wait for their turn. */
  waiting: 5,
  /** Bytes that have to be free where runs are published: a run takes some 20 MB, and its checkpoint 6. */
  freeBytes: 1_000_000_000,
} as const;

const names = <Name extends string>(all: readonly Name[]) => z.enum(all as [Name, ...Name[]]);
const recipeNames = Object.keys(recipes);

/** A recipe's name and the single settings in which the training differs from it. */
export const askedTraining = z.strictObject({
  recipe: names(recipeNames),
  /** The fastest that can start, where none is named. */
  engine: names(trainEngines.map(({ name }) => name)).optional(),
  epochs: z.int().min(1).max(trainingLimits.epochs).optional(),
  /** The first so many of the training images, validation included. */
  images: z.int().min(trainingLimits.images.least).max(trainingLimits.images.most).optional(),
  seed: z.int().min(1).max(2_147_483_647).optional(),
  batchSize: z.int().min(8).max(4096).optional(),
  learningRate: z.number().positive().max(10).optional(),
  latent: z.int().min(1).max(512).optional(),
  loss: z.enum(["mse", "bce"]).optional(),
  optimizer: z.enum(["sgd", "adam", "adamw"]).optional(),
});
export type AskedTraining = z.infer<typeof askedTraining>;

/** The name that the trainer would give the run. */
export function nameOfTraining(asked: AskedTraining): string {
  const base = recipeOf(asked);
  const { epochs = base.epochs, seed = base.seed, images: count } = asked;
  const images: Recipe["images"] = count === undefined || count === 60_000 ? base.images : [0, count];
  return defaultRunName(base, { epochs, seed, images, shards: base.shards });
}

function recipeOf({ recipe, batchSize, learningRate, latent, loss, optimizer }: AskedTraining): Recipe {
  return vary(findRecipe(recipe), { batchSize, learningRate, latent, loss, optimizer });
}

/** The trainer's command line for it: words, never a line that a shell would read. */
export function trainerWords({ batchSize, learningRate, ...asked }: AskedTraining, run: string): string[] {
  const options = { ...asked, "batch-size": batchSize, "learning-rate": learningRate, name: run };
  return Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
}
