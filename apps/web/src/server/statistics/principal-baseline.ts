import { modelOutputShape, sizeOf } from "@autoencoder/model";
import { principalBasis, principalError } from "@autoencoder/model/baselines";
import type { Run } from "@autoencoder/model/run";
import { cached } from "../cached.ts";
import { mnist } from "../mnist.ts";

const known = new Map<string, () => Promise<number>>();

/**
 * MSE on the test images of PCA with as many components as a run's code has numbers, fitted to the images that the run was
 * trained on. Takes seconds, so it is computed where a grade depends on it, and once for each length.
 */
export function testPca({ spec, dataset }: Run): Promise<number> {
  const components = sizeOf(modelOutputShape(spec.encoder));
  const key = `${dataset.split.train} ${components}`;
  const found =
    known.get(key) ??
    cached(async () => {
      const { train, test } = await mnist();
      const size = train.rows * train.columns;
      const basis = principalBasis(train.pixels.subarray(0, dataset.split.train * size), size, components);
      return principalError(test.pixels, basis);
    });
  known.set(key, found);
  return found();
}
