import { meanSquaredError } from "./mse.ts";
import { psnr } from "./psnr.ts";
import { ssim } from "./ssim.ts";

/** How far pictures are from their reconstructions. Pixels lie in [0, 1]; pictures are row-major, one channel. */

/** The three metrics of each picture, in the pictures' order. */
export interface ImageMetrics {
  /** Mean squared error over the picture's pixels. */
  mse: Float32Array;
  /** Peak signal-to-noise ratio in dB; Infinity for a perfect reconstruction. */
  psnr: Float32Array;
  /** Structural similarity, −1 to 1; 1 for a perfect reconstruction. */
  ssim: Float32Array;
}

interface MeanMetrics {
  mse: number;
  psnr: number;
  ssim: number;
}

/** Means over pictures: over all, and by digit. The shape of `test` in run.json. */
export interface MetricsSummary extends MeanMetrics {
  perDigit: ({ digit: number; count: number } & MeanMetrics)[];
}

/**
 * MSE, PSNR and SSIM of each picture.
 * @param originals [count, rows, columns]
 * @param reconstructions the same shape
 * @throws Error when the two lengths differ or are no whole number of pictures.
 */
export function imageMetrics(
  originals: Float32Array,
  reconstructions: Float32Array,
  rows: number,
  columns: number,
): ImageMetrics {
  const size = rows * columns;
  if (originals.length !== reconstructions.length || originals.length % size !== 0) {
    throw new Error(
      `image metrics: expected two lists of ${rows}×${columns} pictures ` +
        `but got ${originals.length} and ${reconstructions.length} values`,
    );
  }
  const count = originals.length / size;
  const result = { mse: new Float32Array(count), psnr: new Float32Array(count), ssim: new Float32Array(count) };
  for (let index = 0; index < count; index++) {
    const original = originals.subarray(index * size, (index + 1) * size);
    const reconstruction = reconstructions.subarray(index * size, (index + 1) * size);
    const mse = meanSquaredError(original, reconstruction);
    result.mse[index] = mse;
    result.psnr[index] = psnr(mse);
    result.ssim[index] = ssim(original, reconstruction, rows, columns);
  }
  return result;
}

/**
 * The mean of each metric over all pictures and over the pictures of each label that occurs, labels ascending.
 * PSNR is the mean over pictures, which is not the PSNR of the mean error.
 * @param labels one per picture; none where the data set has no labels (`perDigit` is empty then)
 * @throws Error when there are labels, but not one per picture.
 */
export function summarizeMetrics(perImage: ImageMetrics, labels: ArrayLike<number> = []): MetricsSummary {
  const count = perImage.mse.length;
  if (labels.length !== 0 && labels.length !== count) {
    throw new Error(`metrics: expected ${count} labels, one per picture, but got ${labels.length}`);
  }
  const byDigit = new Map<number, number[]>();
  for (let index = 0; index < labels.length; index++) {
    const digit = labels[index] as number;
    const indices = byDigit.get(digit);
    if (indices) indices.push(index);
    else byDigit.set(digit, [index]);
  }
  const perDigit = [...byDigit]
    .sort(([first], [second]) => first - second)
    .map(([digit, indices]) => ({ digit, count: indices.length, ...meansAt(perImage, indices) }));
  const everyIndex = Array.from({ length: count }, (_, index) => index);
  return { ...meansAt(perImage, everyIndex), perDigit };
}

function meansAt({ mse, psnr, ssim }: ImageMetrics, indices: readonly number[]): MeanMetrics {
  const mean = (values: Float32Array) =>
    indices.reduce((sum, index) => sum + (values[index] as number), 0) / indices.length;
  return { mse: mean(mse), psnr: mean(psnr), ssim: mean(ssim) };
}
