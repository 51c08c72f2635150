import { firstOfEachClass, floatsOf } from "@autoencoder/data";
import { forward, layerValues, type MapLayer, meanSquaredError } from "@autoencoder/model";
import { pictureAt, shiftedRight } from "../../shared/pixels.ts";
import { cachedPerNetwork } from "../cached.ts";
import { forwardPass } from "../forward-pass.ts";
import { readSamples } from "../samples.ts";
import { takingTurns } from "../turns.ts";

/** Pixels to the right; MNIST leaves this much black around its digits, so nothing is cut off. */
const shift = 4;

/** Mean MSE of one recorded digit of each class as it is, and shifted to the right, each against what the network was shown. */
export const shiftedInput = cachedPerNetwork(async (run) => {
  const { labels, originals, mse } = await readSamples(run);
  const { layers, weights } = await forwardPass(run, 0);
  const output = layers.at(-1) as MapLayer;
  const firstOfClass = firstOfEachClass(Uint8Array.from(labels), 1);
  let [still, moved] = [0, 0];
  const turn = takingTurns();
  for (const sample of firstOfClass) {
    await turn();
    const pixels = floatsOf(pictureAt(originals, sample));
    const shifted = shiftedRight(pixels, shift);
    moved += meanSquaredError(shifted, layerValues(forward(layers, weights, shifted), output));
    still += mse[sample] as number;
  }
  const digits = firstOfClass.length;
  return { digits, by: shift, still: still / digits, moved: moved / digits };
});
