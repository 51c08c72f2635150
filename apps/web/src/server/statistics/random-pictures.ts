import { paint } from "@autoencoder/model";
import { openingDraw, randomCodes } from "../../shared/random-codes.ts";
import { cachedPerNetwork } from "../cached.ts";
import { forwardPass } from "../forward-pass.ts";
import { takingTurns } from "../turns.ts";
import { codeSpread } from "./code-spread.ts";

/** What the decoder paints from codes that are drawn at random, spread as those of the test digits are. */
export const randomPictures = cachedPerNetwork(async (run) => {
  const { mean, deviation, factor } = await codeSpread(run);
  const { layers, weights } = await forwardPass(run, 0);
  const turn = takingTurns();
  const pictures: Float32Array[] = [];
  const { seed, count } = openingDraw;
  for (const code of randomCodes(seed, count, { way: "covariance", mean, deviation, triangle: factor })) {
    await turn();
    pictures.push(paint(layers, weights, code));
  }
  return pictures;
});
