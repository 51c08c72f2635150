import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Pictures as bytes, one after the other: 0 to 255. */
export interface BaselineImages {
  /** [train count, pixels] flat: what the baselines are computed from. */
  train: Uint8Array;
  /** [validation count, pixels] flat: what they are measured on. */
  validation: Uint8Array;
  /** Pixels of a picture. */
  size: number;
  /** How many principal components PCA may keep. */
  components: number;
}

/** Validation MSE over pixels in [0, 1] of what needs no training. */
export interface Baselines {
  /** A black picture for every digit. */
  black: number;
  /** The mean training picture for every digit. */
  meanImage: number;
  /** Each digit rebuilt from its first principal components, clipped to [0, 1]. */
  pca: number;
}

/** The baselines of a run. Without validation images they are measured on the training images. */
export function baselines({ train, validation, size, components }: BaselineImages): Baselines {
  const measured = validation.length > 0 ? validation : train;
  const { mean, covariance } = moments(train, size);
  const axes = principalAxes(covariance, size, components);
  let black = 0;
  let meanImage = 0;
  let pca = 0;
  const picture = new Float64Array(size);
  for (let start = 0; start < measured.length; start += size) {
    for (let pixel = 0; pixel < size; pixel++) picture[pixel] = (measured[start + pixel] as number) / 255;
    const rebuilt = project(picture, mean, axes);
    for (let pixel = 0; pixel < size; pixel++) {
      const value = picture[pixel] as number;
      black += value ** 2;
      meanImage += (value - (mean[pixel] as number)) ** 2;
      pca += (value - Math.min(1, Math.max(0, rebuilt[pixel] as number))) ** 2;
    }
  }
  return { black: black / measured.length, meanImage: meanImage / measured.length, pca: pca / measured.length };
}

/** Mean picture and covariance matrix [size, size]; four pixels in five are zero and are skipped. */
function moments(pixels: Uint8Array, size: number): { mean: Float64Array; covariance: Float64Array } {
  const count = pixels.length / size;
  const mean = new Float64Array(size);
  const products = new Float64Array(size * size);
  const lit = new Int32Array(size);
  for (let start = 0; start < pixels.length; start += size) {
    let litCount = 0;
    for (let pixel = 0; pixel < size; pixel++) if (pixels[start + pixel] !== 0) lit[litCount++] = pixel;
    for (let i = 0; i < litCount; i++) {
      const row = lit[i] as number;
      const value = pixels[start + row] as number;
      mean[row] = (mean[row] as number) + value;
      for (let j = 0; j <= i; j++) {
        const at = row * size + (lit[j] as number);
        products[at] = (products[at] as number) + value * (pixels[start + (lit[j] as number)] as number);
      }
    }
  }
  for (let pixel = 0; pixel < size; pixel++) mean[pixel] = (mean[pixel] as number) / count / 255;
  const covariance = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const product = (products[row * size + column] as number) / count / 255 ** 2;
      const value = product - (mean[row] as number) * (mean[column] as number);
      covariance[row * size + column] = value;
      covariance[column * size + row] = value;
    }
  }
  return { mean, covariance };
}

/** The `components` eigenvectors of the greatest eigenvalues, one a row. */
function principalAxes(covariance: Float64Array, size: number, components: number): Float64Array[] {
  const matrix = Matrix.from1DArray(size, size, covariance);
  const vectors = new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).eigenvectorMatrix;
  const kept = Math.min(components, size);
  // Eigenvalues come in ascending order.
  return Array.from({ length: kept }, (_, index) => Float64Array.from(vectors.getColumn(size - 1 - index)));
}

function project(picture: Float64Array, mean: Float64Array, axes: readonly Float64Array[]): Float64Array {
  const rebuilt = Float64Array.from(mean);
  for (const axis of axes) {
    let score = 0;
    for (let pixel = 0; pixel < axis.length; pixel++) {
      score += ((picture[pixel] as number) - (mean[pixel] as number)) * (axis[pixel] as number);
    }
    for (let pixel = 0; pixel < axis.length; pixel++) {
      rebuilt[pixel] = (rebuilt[pixel] as number) + score * (axis[pixel] as number);
    }
  }
  return rebuilt;
}
