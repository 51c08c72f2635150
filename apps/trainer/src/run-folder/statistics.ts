import { createRandom, type Dataset, type ImageSet } from "@autoencoder/data";
import {
  byteMeanSquaredError,
  countNearestOfSameClass,
  readTable,
  type Table,
  tensor,
  writeTable,
} from "@autoencoder/model";
import { type PrincipalComponents, principalComponents, principalErrors } from "@autoencoder/model/pca";
import type { Run } from "@autoencoder/model/run";

/** The statistics of a run compare its code with PCA, with random sums of the pixels, and with the pixels themselves. */

/** PCA's error is recorded for this many components, and for as many as the code has numbers where those are more. */
const leastComponents = 128;
/** Test digits that are asked about, and those that their nearest is looked for among. */
const mostAsked = 500;
const mostAmong = 9000;

/** PCA of the images that a run trains on. */
export interface PcaOfRun {
  components: PrincipalComponents;
  /** MSE of the mean picture, then with 1, 2, … components; without validation images they are the training images'. */
  errors: { validation: Float64Array; test: Float64Array };
}

/** @param codeLength numbers of the run's code */
export function pcaOfRun({ train, test }: Dataset, split: Run["dataset"]["split"], codeLength: number): PcaOfRun {
  const components = principalComponents(trained(train, split), train.size, Math.max(leastComponents, codeLength));
  return {
    components,
    errors: {
      validation: principalErrors(validated(train, split), components),
      test: principalErrors(test.pixels, components),
    },
  };
}

/**
 * What `pcaOfRun` and `statisticsTable` cost, in multiply-adds of the search for neighbours. The factors were measured on
 * MNIST: one of PCA's errors takes 11 times as long as one of the search, one of its axes 8 times, and one of
 * the covariance, which skips what is black, 0.13 times.
 */
export function arithmeticOfStatistics(
  { train, test }: Dataset,
  split: Run["dataset"]["split"],
  codeLength: number,
): number {
  const { size } = train;
  const { asked, among } = searched(test);
  const pictures = (split.validation || split.train) + test.count;
  const components = Math.min(size, Math.max(leastComponents, codeLength));
  return (
    asked * among * (size + 3 * codeLength) +
    11 * pictures * components * size +
    8 * size ** 3 +
    0.13 * split.train * size ** 2
  );
}

/** Validation MSE of what needs no training. */
export function baselines(
  { train }: Dataset,
  split: Run["dataset"]["split"],
  { pca, codeLength }: { pca: PcaOfRun; codeLength: number },
): Run["baselines"] {
  const pictures = validated(train, split);
  const { validation } = pca.errors;
  return {
    black: byteMeanSquaredError(pictures, new Uint8Array(pictures.length)),
    meanImage: validation[0] as number,
    pca: validation[Math.min(codeLength, validation.length - 1)] as number,
  };
}

/**
 * The table `statistics`: PCA's errors, and how many test digits have a nearest neighbour of their own class, by pixels and
 * by three descriptions of as many numbers as the code has.
 * @param testLatents the table of that name
 */
export function statisticsTable({ test }: Dataset, pca: PcaOfRun, testLatents: Uint8Array): Uint8Array {
  const latents = tensor(readTable(testLatents), "latents");
  const width = latents.shape[1] as number;
  const { size } = test;
  const { asked, among } = searched(test);
  const count = (values: Float32Array, columns: number) =>
    countNearestOfSameClass({ values, width: columns }, test.labels, { asked, among });
  const random = createRandom(1);
  const randomWeights = Float32Array.from({ length: size * width }, () => random.normal());
  const { axes } = pca.components;
  const axisWeights = Float32Array.from(
    { length: size * width },
    (_, at) => axes[at % width]?.[Math.floor(at / width)] ?? 0,
  );
  const neighbours = {
    asked,
    among,
    pixels: count(Float32Array.from(test.pixels), size),
    pca: count(weightedSums(test.pixels, size, axisWeights), width),
    random: count(weightedSums(test.pixels, size, randomWeights), width),
    code: count(Float32Array.from(latents.data), width),
  };
  return writeTable({
    ...errorTensors(pca),
    ...Object.fromEntries(
      Object.entries(neighbours).map(([name, value]) => [
        `neighbours/${name}`,
        { dtype: "I32", shape: [], data: Int32Array.of(value) },
      ]),
    ),
  } as Table);
}

/** How many test digits are asked about, and among how many others. */
function searched({ count }: ImageSet): { asked: number; among: number } {
  const asked = Math.min(mostAsked, count >> 1);
  return { asked, among: Math.min(mostAmong, count - asked) };
}

/** From one component on. */
function errorTensors({ errors }: PcaOfRun): Table {
  const tensorOf = (values: Float64Array) => {
    return { dtype: "F32" as const, shape: [values.length - 1], data: Float32Array.from(values.subarray(1)) };
  };
  return { "pca/validation": tensorOf(errors.validation), "pca/test": tensorOf(errors.test) };
}

/** Weighted sums of each picture's pixels in [0, 1]. @param weights [pixels, sums] @returns [pictures, sums] */
function weightedSums(pictures: Uint8Array, size: number, weights: Float32Array): Float32Array {
  const width = weights.length / size;
  const sums = new Float32Array((pictures.length / size) * width);
  for (let from = 0; from < pictures.length; from++) {
    const byte = pictures[from] as number;
    if (byte === 0) continue; // four pixels in five
    const [first, pixel] = [Math.floor(from / size) * width, from % size];
    for (let at = 0; at < width; at++) {
      sums[first + at] = (sums[first + at] as number) + (byte / 255) * (weights[pixel * width + at] as number);
    }
  }
  return sums;
}

function trained(train: ImageSet, split: Run["dataset"]["split"]): Uint8Array {
  return train.bytes(0, split.train);
}

/** The validation images, or where there are none the training images. */
function validated(train: ImageSet, split: Run["dataset"]["split"]): Uint8Array {
  if (split.validation === 0) return trained(train, split);
  return train.bytes(split.train, split.train + split.validation);
}
