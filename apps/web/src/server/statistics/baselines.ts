import { meanSquaredError } from "@autoencoder/model";
import { thumbnail } from "@autoencoder/ui";
import { cached } from "../cached.ts";
import { mnist } from "../mnist.ts";
import { takingTurns } from "../turns.ts";
import { brightness } from "./pixels.ts";

/** Errors on the test images of what needs no network. */

/** Mean over the test images of the MSE of a thumbnail of 8 × 8, enlarged again. */
export const thumbnailMse = cached(async () => {
  const { test } = await mnist();
  const turn = takingTurns();
  let sum = 0;
  for (let image = 0; image < test.count; image++) {
    await turn();
    const pixels = test.floats(image);
    const { enlarged } = thumbnail(pixels, 8);
    sum += meanSquaredError(pixels, enlarged);
  }
  return sum / test.count;
});

export interface Baselines {
  /** Each digit shifted by one pixel to the right. */
  shifted: number;
  /** The best single grey. */
  grey: number;
  /** One half everywhere: an untrained network without a bias. */
  half: number;
  /** The mean picture of each class, which needs the label. */
  classMean: number;
  black: number;
  meanImage: number;
}

/** MSE on the test images of what needs no network; the means are those of the training images. */
export const testBaselines = cached(async (): Promise<Baselines> => {
  const { train, test } = await mnist();
  const means = await classMeans();
  const { size } = test;
  const grey = (await brightness()).mean;
  const meanImage = new Float32Array(size);
  means.forEach(({ count, picture }) => {
    for (let at = 0; at < size; at++) {
      meanImage[at] = (meanImage[at] as number) + ((picture[at] as number) * count) / train.count;
    }
  });
  const everyPixel = (value: number) => new Float64Array(size).fill(value);
  const constant = { grey: everyPixel(grey), half: everyPixel(0.5), black: everyPixel(0), meanImage };
  const sums = { shifted: 0, grey: 0, half: 0, classMean: 0, black: 0, meanImage: 0 };
  const turn = takingTurns();
  for (let image = 0; image < test.count; image++) {
    await turn();
    const pixels = Float64Array.from(test.bytes(image), (byte) => byte / 255);
    const shifted = pixels.map((_, at) => (at % test.columns === 0 ? 0 : (pixels[at - 1] as number)));
    const classMean = means[test.labels[image] as number]?.picture as Float32Array;
    for (const [name, guess] of Object.entries({ ...constant, shifted, classMean })) {
      sums[name as keyof Baselines] += meanSquaredError(pixels, guess) / test.count;
    }
  }
  return sums;
});

/** Mean training picture of each class, in [0, 1], and how many there are. */
export const classMeans = cached(async () => {
  const { train } = await mnist();
  const { size } = train;
  const means = Array.from({ length: 10 }, (_, label) => ({ label, count: 0, picture: new Float32Array(size) }));
  const turn = takingTurns();
  for (let image = 0; image < train.count; image++) {
    await turn();
    const mean = means[train.labels[image] as number] as (typeof means)[number];
    mean.count++;
    for (let at = 0; at < size; at++) {
      mean.picture[at] = (mean.picture[at] as number) + (train.pixels[image * size + at] as number);
    }
  }
  return means.map(({ picture, ...rest }) => ({ ...rest, picture: picture.map((sum) => sum / rest.count / 255) }));
});
