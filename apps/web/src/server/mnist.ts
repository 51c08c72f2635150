import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Dataset, loadDataset, mnistChecksums, trainValidationSplit } from "@autoencoder/data";
import { folders } from "./env.ts";

let loaded: Promise<Dataset> | undefined;

/** MNIST, checked against its checksums; read once. */
export function mnist(): Promise<Dataset> {
  loaded ??= loadDataset(
    "MNIST",
    async (file) => {
      const bytes = await readFile(join(folders().mnist, file)).catch(() => undefined);
      return bytes && new Uint8Array(bytes);
    },
    mnistChecksums,
  ).catch((error) => {
    loaded = undefined; // the next request tries again
    throw error;
  });
  return loaded;
}

/** A test image's pixels, row-major. @param index its place among the test images */
export async function testPixels(index: number): Promise<Uint8Array> {
  const { test } = await mnist();
  return test.bytes(index);
}

/** The split of every recipe so far, as Keras makes it: the last tenth of the training images validates. @param count of all of them */
export function assignedSplit(count: number): { train: number; validation: number } {
  return trainValidationSplit(count, 0.1);
}
