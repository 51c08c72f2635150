import { thumbnail } from "@autoencoder/ui";
import { pictureAt, pixelFloats } from "../../shared/pixels.ts";
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
  const found = (pictureOf: (sample: number) => Float32Array) =>
    indices.filter((index, sample) => isNearest(test.pixels, index, pictureOf(sample))).length;
  return {
    of: count,
    among: test.count,
    network: found((sample) => pictureAt(reconstructions, sample)),
    thumbnail: found((sample) => thumbnail(pixelFloats(pictureAt(originals, sample)), 8).enlarged),
  };
});

/** Whether no picture is nearer to `target` than the one at `own`; each is given up as soon as it is farther. */
function isNearest(pictures: Uint8Array, own: number, target: Float32Array): boolean {
  const size = target.length;
  const bytes = target.map((value) => value * 255);
  const middle = size >> 1; // where pictures differ most, so that most are given up soon
  const distance = (image: number, limit: number) => {
    let sum = 0;
    for (let step = 0; step < size && sum < limit; step++) {
      const at = step < middle ? middle + step : size - 1 - step;
      sum += ((pictures[image * size + at] as number) - (bytes[at] as number)) ** 2;
    }
    return sum;
  };
  const limit = distance(own, Number.POSITIVE_INFINITY);
  for (let image = 0; image * size < pictures.length; image++) {
    if (image !== own && distance(image, limit) < limit) return false;
  }
  return true;
}
