import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { createRandom } from "@autoencoder/data";
import { meanSquaredError } from "@autoencoder/model";
import { thumbnail } from "@autoencoder/ui";
import { mnist } from "../mnist.ts";
import { once } from "../once.ts";

/** Facts about the data that chapters show; each is computed once, from the test images. */

/** Bytes that gzip needs for one test image, of all of them packed together. */
export const gzipBytes = once(async () => {
  const { test } = await mnist();
  const packed = await promisify(gzip)(test.pixels, { level: 9 });
  return packed.length / test.count;
});

/** Mean over the test images of the MSE of a thumbnail of 8 × 8, enlarged again. */
export const thumbnailMse = once(async () => {
  const { test } = await mnist();
  let sum = 0;
  for (let image = 0; image < test.count; image++) {
    const pixels = test.floats(image);
    const { enlarged } = thumbnail(pixels, 8);
    sum += meanSquaredError(pixels, enlarged);
  }
  return sum / test.count;
});

export interface Brightness {
  /** Mean of the pixels, and of their squares. */
  mean: number;
  meanSquare: number;
  /** Share of pixels that are exactly 0, and that are darker than half. */
  zero: number;
  dark: number;
}

/** How bright the training pictures are. */
export const brightness = once(async (): Promise<Brightness> => {
  const { train } = await mnist();
  const counts = new Float64Array(256);
  for (const byte of train.pixels) counts[byte] = (counts[byte] as number) + 1;
  const mean = (of: (value: number) => number) =>
    counts.reduce((sum, count, byte) => sum + count * of(byte / 255), 0) / train.pixels.length;
  return {
    mean: mean((value) => value),
    meanSquare: mean((value) => value ** 2),
    zero: mean((value) => Number(value === 0)),
    dark: mean((value) => Number(value < 0.5)),
  };
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
export const testBaselines = once(async (): Promise<Baselines> => {
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
  for (let image = 0; image < test.count; image++) {
    const pixels = test.floats(image);
    const shifted = pixels.map((_, at) => (at % test.columns === 0 ? 0 : (pixels[at - 1] as number)));
    const classMean = means[test.labels[image] as number]?.picture as Float32Array;
    for (const [name, guess] of Object.entries({ ...constant, shifted, classMean })) {
      sums[name as keyof Baselines] += meanSquaredError(pixels, guess) / test.count;
    }
  }
  return sums;
});

/** Mean training picture of each class, in [0, 1], and how many there are. */
export const classMeans = once(async () => {
  const { train } = await mnist();
  const { size } = train;
  const means = Array.from({ length: 10 }, (_, label) => ({ label, count: 0, picture: new Float32Array(size) }));
  for (let image = 0; image < train.count; image++) {
    const mean = means[train.labels[image] as number] as (typeof means)[number];
    mean.count++;
    for (let at = 0; at < size; at++) {
      mean.picture[at] = (mean.picture[at] as number) + (train.pixels[image * size + at] as number);
    }
  }
  return means.map(({ picture, ...rest }) => ({ ...rest, picture: picture.map((sum) => sum / rest.count / 255) }));
});

/** Two test digits by index, and the first one's MSE to the second and to black. */
export interface Pair {
  first: number;
  second: number;
  toOther: number;
  toBlack: number;
}

/** For each class: how often a black picture is nearer to a test digit than another of its class is, by MSE; and the first pairs. */
export const nearerThanSameClass = once(async () => {
  const { test } = await mnist();
  const { size } = test;
  const pairs = 1000;
  const random = createRandom(1);
  const blackPicture = new Uint8Array(size);
  const pixelsOf = (image: number) => test.bytes(image);
  const perClass = Array.from({ length: 10 }, (_, label) => {
    const own = Array.from(test.labels.keys()).filter((index) => test.labels[index] === label);
    const examples: Pair[] = [];
    let black = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const a = own[random.int(own.length)] as number;
      let b = a;
      while (b === a) b = own[random.int(own.length)] as number;
      const toOther = meanSquaredError(pixelsOf(a), pixelsOf(b)) / 255 ** 2;
      const toBlack = meanSquaredError(pixelsOf(a), blackPicture) / 255 ** 2;
      if (toBlack < toOther) black++;
      if (pair < 6) examples.push({ first: a, second: b, toOther, toBlack });
    }
    return { share: black / pairs, examples };
  });
  return { pairs, perClass };
});
