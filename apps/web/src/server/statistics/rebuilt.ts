import { forward, isNearestRow, layerValues, meanSquaredError } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import { thumbnail } from "@autoencoder/ui";
import { type LoadedRun, serverRun } from "../../features/run/server-run.ts";
import { testDigitInside } from "../inside.ts";
import { mnist } from "../mnist.ts";
import { oncePerNetwork } from "../once.ts";

/** What a run's recorded reconstructions are worth, measured once for each network. */

async function samplesOf(run: Run) {
  const loaded: LoadedRun = await serverRun(run.name);
  if (!loaded.ok) throw new Error(loaded.problem);
  return loaded.source.samples();
}

/** Of how many recorded digits the nearest of all test digits is the digit itself: of its reconstruction, of its thumbnail. */
export const foundAgain = oncePerNetwork(async (run) => {
  const { indices, originals, reconstructions, count } = await samplesOf(run);
  const { test } = await mnist();
  const { size } = test;
  const digits = test.floats(0, test.count);
  const pictures = (values: Float32Array) =>
    indices.map((_, sample) => values.subarray(sample * size, (sample + 1) * size));
  const isFound = (picture: Float32Array, sample: number) => {
    return isNearestRow({ values: digits, width: size }, indices[sample] as number, picture);
  };
  return {
    of: count,
    among: test.count,
    network: pictures(reconstructions).filter(isFound).length,
    thumbnail: pictures(originals).filter((picture, sample) => isFound(thumbnail(picture, 8).enlarged, sample)).length,
  };
});

/** Pixels to the right; MNIST leaves this much black around its digits, so nothing is cut off. */
const shiftBy = 4;

/** Mean MSE of one recorded digit of each class as it is, and shifted to the right, each against what the network was shown. */
export const shiftCost = oncePerNetwork(async (run) => {
  const { labels, originals, mse, count } = await samplesOf(run);
  const { stages, weights } = await testDigitInside(run, 0);
  const size = originals.length / count;
  const side = Math.sqrt(size);
  const chosen = [...new Set(labels)].map((label) => labels.indexOf(label));
  let [still, moved] = [0, 0];
  for (const sample of chosen) {
    const pixels = originals.subarray(sample * size, (sample + 1) * size);
    const shifted = pixels.map((_, at) => (at % side < shiftBy ? 0 : (pixels[at - shiftBy] as number)));
    const rebuilt = layerValues(forward(stages, weights, shifted), stages.at(-1) as (typeof stages)[number]);
    moved += meanSquaredError(shifted, rebuilt);
    still += mse[sample] as number;
  }
  return { digits: chosen.length, by: shiftBy, still: still / chosen.length, moved: moved / chosen.length };
});
