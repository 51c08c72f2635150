import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Dataset, loadDataset, mnistChecksums } from "@autoencoder/data";
import { places } from "./env.ts";

let loaded: Promise<Dataset> | undefined;

/** MNIST, checked against its checksums; read once. */
export function mnist(): Promise<Dataset> {
  loaded ??= loadDataset(
    "MNIST",
    async (file) => {
      const bytes = await readFile(join(places().mnist, file)).catch(() => undefined);
      return bytes && new Uint8Array(bytes);
    },
    mnistChecksums,
  ).catch((error) => {
    loaded = undefined; // the next request tries again
    throw error;
  });
  return loaded;
}

/** A test image in [0, 1], row-major. */
export async function testPicture(index: number): Promise<Float32Array> {
  const { test } = await mnist();
  return test.floats(index);
}
