import { join } from "node:path";
import { findRecipe, type Recipe, recipes, vary } from "@autoencoder/model/recipes";
import { defaultRunName, trainEngines, workFiles } from "@autoencoder/model/run";
import { z } from "zod";

/** What a page may ask this machine to train. */

/** More than this is started in a terminal, by somebody who knows the machine. */
export const trainingLimits = {
  epochs: 200,
  images: { least: 200, most: 60_000 },
  batchSize: { least: 8, most: 4096 },
  /** Above the least. */
  learningRate: { least: 0, most: 10 },
  latent: { least: 1, most: 512 },
  seed: { least: 1, most: 2_147_483_647 },
  /** Trainings that wait for their turn. */
  waiting: 5,
  /** Bytes that have to be free where runs are published: a run takes some 20 MB, and its checkpoint 6. */
  freeBytes: 1_000_000_000,
} as const;

/** Bytes of the zip with a page's training; the largest network of the page makes 30 MB of it. */
export const mostZipBytes = 60_000_000;

const wholeWithin = ({ least, most }: { least: number; most: number }) => z.int().min(least).max(most);
const names = <Name extends string>(all: readonly Name[]) => z.enum(all as [Name, ...Name[]]);
const recipeNames = Object.keys(recipes);
/** The fastest that can start, where none is named. */
const engine = names(trainEngines.map(({ name }) => name)).optional();

/** A recipe's name and the single settings in which the training differs from it. */
export const askedOfRecipe = z.strictObject({
  recipe: names(recipeNames),
  engine,
  epochs: z.int().min(1).max(trainingLimits.epochs).optional(),
  /** The first so many of the training images, validation included. */
  images: wholeWithin(trainingLimits.images).optional(),
  seed: wholeWithin(trainingLimits.seed).optional(),
  batchSize: wholeWithin(trainingLimits.batchSize).optional(),
  learningRate: z.number().gt(trainingLimits.learningRate.least).max(trainingLimits.learningRate.most).optional(),
  latent: wholeWithin(trainingLimits.latent).optional(),
  loss: z.enum(["mse", "bce"]).optional(),
  optimizer: z.enum(["sgd", "adam", "adamw"]).optional(),
});
export type AskedOfRecipe = z.infer<typeof askedOfRecipe>;

/** What a page has trained: its zip lies in the work folder, and the trainer ends its epoch, measures and publishes it. */
const askedOfPage = z.strictObject({ from: z.literal("page"), engine });

export const askedTraining = z.union([askedOfRecipe, askedOfPage]);
export type AskedTraining = z.infer<typeof askedTraining>;

/** The name that the run gets where it is free; of a recipe's the one that the trainer would give. */
export function nameOfTraining(asked: AskedTraining): string {
  if ("from" in asked) return "trained-in-a-page";
  const base = recipeOf(asked);
  const { epochs = base.epochs, seed = base.seed, images: count } = asked;
  const images: Recipe["images"] = count === undefined || count === 60_000 ? base.images : [0, count];
  return defaultRunName(base, { epochs, seed, images, shards: base.shards });
}

function recipeOf({ recipe, batchSize, learningRate, latent, loss, optimizer }: AskedOfRecipe): Recipe {
  return vary(findRecipe(recipe), { batchSize, learningRate, latent, loss, optimizer });
}

/**
 * The trainer's command line for it: words, never a line that a shell would read.
 * @param work the run's work folder
 */
export function trainerWords(asked: AskedTraining, { run, work }: { run: string; work: string }): string[] {
  const options = { ...("from" in asked ? fromPage(asked, work) : fromRecipe(asked)), name: run };
  return Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
}

function fromRecipe({ batchSize, learningRate, ...asked }: AskedOfRecipe) {
  return { ...asked, "batch-size": batchSize, "learning-rate": learningRate };
}

function fromPage({ engine }: z.infer<typeof askedOfPage>, work: string) {
  return { from: join(work, workFiles.fromPage), engine };
}
