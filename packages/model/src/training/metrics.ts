import { meanSquaredError } from "../metrics/mse.ts";

/** How far pictures are from their reconstructions. Pixels lie in [0, 1]; pictures are row-major, one channel. */

/** Numbers of one kind, or pictures, one after another. */
type Pixels = ArrayLike<number>;

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

/** PSNR in dB for a peak of 1: 10·log₁₀(1 / mse). Infinity where `mse` is 0. */
export function psnr(mse: number): number {
  return -10 * Math.log10(mse) + 0; // + 0 turns −0 (mse 1) into 0
}

// Window and constants of Wang et al., "Image quality assessment: from error visibility to structural similarity" (2004).
const sigma = 1.5;
const radius = 5; // scikit-image cuts the Gaussian off at int(3.5·σ + 0.5)
const span = 2 * radius + 1;
const luminanceGuard = 0.01 ** 2; // (K₁·data range)²
const contrastGuard = 0.03 ** 2; // (K₂·data range)²
/** The window's weights from its middle outwards: it is symmetric, and all eleven sum to 1. */
const [w0, w1, w2, w3, w4, w5] = gaussianHalf();

/**
 * Mean structural similarity of two pictures of `rows` × `columns` pixels, as scikit-image's
 * `structural_similarity(a, b, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)` gives it:
 * the mean over the pixels whose 11×11 window lies inside the picture (18×18 of 28×28).
 * @throws Error when the pictures are smaller than the window, or do not hold rows × columns pixels.
 */
export function ssim(a: Pixels, b: Pixels, rows: number, columns: number): number {
  if (rows < span || columns < span || a.length !== rows * columns || b.length !== rows * columns) {
    throw new Error(
      `SSIM: expected two pictures of ${rows}×${columns} pixels, at least ${span}×${span}, ` +
        `but got ${a.length} and ${b.length} values`,
    );
  }
  return ssimOf(a, b, scratchFor(rows, columns));
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
  const all = Array.from({ length: count }, (_, index) => index);
  return { ...meansAt(perImage, all), perDigit };
}

function meansAt({ mse, psnr, ssim }: ImageMetrics, indices: readonly number[]): MeanMetrics {
  const mean = (values: Float32Array) =>
    indices.reduce((sum, index) => sum + (values[index] as number), 0) / indices.length;
  return { mse: mean(mse), psnr: mean(psnr), ssim: mean(ssim) };
}

function gaussianHalf(): [number, number, number, number, number, number] {
  const half = Array.from({ length: radius + 1 }, (_, distance) => Math.exp(-(distance ** 2) / (2 * sigma ** 2)));
  const sum = half.reduce((total, weight, distance) => total + (distance === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum) as [number, number, number, number, number, number];
}

/** Buffers for pictures of one size, kept from picture to picture: 10,000 pictures would else make 80,000 of them. */
interface Scratch {
  rows: number;
  columns: number;
  /** a, b, a² + b² and ab, before the window. [rows, columns] each */
  maps: Quartet;
  /** The same, averaged by the window. [rows − 10, columns − 10] each */
  averages: Quartet;
  /** Averaged along the rows only. [rows, columns − 10] */
  between: Float64Array;
}

type Quartet = [Float64Array, Float64Array, Float64Array, Float64Array];

let scratch: Scratch | undefined;

function scratchFor(rows: number, columns: number): Scratch {
  if (scratch?.rows === rows && scratch.columns === columns) return scratch;
  const width = columns - 2 * radius;
  const four = (length: number) => Array.from({ length: 4 }, () => new Float64Array(length)) as Quartet;
  scratch = {
    rows,
    columns,
    maps: four(rows * columns),
    averages: four((rows - 2 * radius) * width),
    between: new Float64Array(rows * width),
  };
  return scratch;
}

function ssimOf(a: Pixels, b: Pixels, buffers: Scratch): number {
  const [first, second, squares, products] = buffers.maps;
  for (let index = 0; index < a.length; index++) {
    const pixelA = a[index] as number;
    const pixelB = b[index] as number;
    first[index] = pixelA;
    second[index] = pixelB;
    squares[index] = pixelA * pixelA + pixelB * pixelB; // the formula needs the two variances only as a sum
    products[index] = pixelA * pixelB;
  }
  for (const [map, values] of buffers.maps.entries()) smooth(values, buffers.averages[map] as Float64Array, buffers);
  return meanSimilarity(buffers.averages);
}

function meanSimilarity([first, second, squares, products]: Quartet): number {
  let sum = 0;
  for (let index = 0; index < first.length; index++) {
    const meanA = first[index] as number;
    const meanB = second[index] as number;
    const meanSquares = meanA * meanA + meanB * meanB;
    const meanProduct = meanA * meanB;
    const above =
      (2 * meanProduct + luminanceGuard) * (2 * ((products[index] as number) - meanProduct) + contrastGuard);
    const below = (meanSquares + luminanceGuard) * ((squares[index] as number) - meanSquares + contrastGuard);
    sum += above / below;
  }
  return sum / first.length;
}

/** The Gaussian window over `map`, where it fits: along the rows, then along the columns. */
function smooth(map: Float64Array, into: Float64Array, { rows, columns, between }: Scratch): void {
  const width = columns - 2 * radius;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      between[row * width + column] = weighted(map, row * columns + column, 1);
    }
  }
  for (let at = 0; at < into.length; at++) into[at] = weighted(between, at, width);
}

/** The window over eleven values from `start` on, `step` apart. Written out, because a loop is slower. */
function weighted(values: Float64Array, start: number, step: number): number {
  const at = start + radius * step;
  return (
    w0 * (values[at] as number) +
    w1 * ((values[at - step] as number) + (values[at + step] as number)) +
    w2 * ((values[at - 2 * step] as number) + (values[at + 2 * step] as number)) +
    w3 * ((values[at - 3 * step] as number) + (values[at + 3 * step] as number)) +
    w4 * ((values[at - 4 * step] as number) + (values[at + 4 * step] as number)) +
    w5 * ((values[at - 5 * step] as number) + (values[at + 5 * step] as number))
  );
}
