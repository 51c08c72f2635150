import { floatsOf } from "@autoencoder/data";
import { isNearestRow } from "@autoencoder/model";
import { thumbnail } from "@autoencoder/ui";
import { pictureAt } from "../../shared/pixels.ts";
import { cachedPerNetwork } from "../cached.ts";
import { mnist } from "../mnist.ts";
import { readSamples } from "../samples.ts";

/**
 * Of how many recorded digits the nearest of all test digits is the digit itself: of its reconstruction, and of its
 * thumbnail of 8 × 8, enlarged again.
 */
export const foundAgain = cachedPerNetwork(async (run) => {
  const { indices, originals, reconstructions, count } = await readSamples(run);
  const { test } = await mnist();
  const rows = { values: floatsOf(test.pixels), width: test.size };
  const found = (pictureOf: (sample: number) => Float32Array) =>
    indices.filter((index, sample) => isNearestRow(rows, index, pictureOf(sample))).length;
  return {
    of: count,
    among: test.count,
    network: found((sample) => pictureAt(reconstructions, sample)),
    thumbnail: found((sample) => thumbnail(floatsOf(pictureAt(originals, sample)), 8).enlarged),
  };
});
