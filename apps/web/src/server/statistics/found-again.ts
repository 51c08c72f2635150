import { floatsOf } from "@autoencoder/data";
import { isNearestRow } from "@autoencoder/model";
import { thumbnail } from "@autoencoder/ui";
import { pictureAt } from "../../shared/pixels.ts";
import { cachedPerNetwork } from "../cached.ts";
import { mnist } from "../mnist.ts";
import { readSamples } from "../samples.ts";
import { takingTurns } from "../turns.ts";

/**
 * Of how many recorded digits the nearest of all test digits is the digit itself: of its reconstruction, and of its
 * thumbnail of 8 × 8, enlarged again.
 */
export const foundAgain = cachedPerNetwork(async (run) => {
  const { indices, originals, reconstructions, count } = await readSamples(run);
  const { test } = await mnist();
  const rows = { values: floatsOf(test.pixels), width: test.size };
  const turn = takingTurns();
  const found = async (pictureOf: (sample: number) => Float32Array) => {
    let number = 0;
    for (const [sample, index] of indices.entries()) {
      await turn();
      if (isNearestRow(rows, index, pictureOf(sample))) number++;
    }
    return number;
  };
  return {
    of: count,
    among: test.count,
    network: await found((sample) => pictureAt(reconstructions, sample)),
    thumbnail: await found((sample) => thumbnail(floatsOf(pictureAt(originals, sample)), 8).enlarged),
  };
});
