import { layerValues, type MapLayer } from "@autoencoder/model";
import { cachedPerNetwork } from "../cached.ts";
import { forwardPass } from "../forward-pass.ts";
import { testPixels } from "../mnist.ts";
import { byError } from "../test-digits.ts";
import { takingTurns } from "../turns.ts";

/** A test digit beside what the network makes of it. */
export interface RebuiltTestDigit {
  index: number;
  mse: number;
  pixels: Uint8Array;
  /** [784] in [0, 1] */
  reconstruction: Float32Array;
}

/** By class, the test digits that are rebuilt best, in the middle, and worst. */
export const bestTypicalWorst = cachedPerNetwork(async (run): Promise<RebuiltTestDigit[][]> => {
  const classes: RebuiltTestDigit[][] = [];
  const turn = takingTurns();
  for (let label = 0; label < 10; label++) {
    const digits = await byError(run, label);
    const chosen = [0, Math.floor(digits.length / 2), digits.length - 1].flatMap((at) => digits[at] ?? []);
    const rebuilt: RebuiltTestDigit[] = [];
    for (const { index, mse } of chosen) {
      await turn();
      const { layers, values } = await forwardPass(run, index);
      const reconstruction = layerValues(values, layers.at(-1) as MapLayer).slice();
      rebuilt.push({ index, mse, pixels: await testPixels(index), reconstruction });
    }
    classes.push(rebuilt);
  }
  return classes;
});
