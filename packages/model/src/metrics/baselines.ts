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
  const basis = principalBasis(train, size, components);
  let black = 0;
  let meanImage = 0;
  for (let at = 0; at < measured.length; at++) {
    const value = (measured[at] as number) / 255;
    black += value ** 2;
    meanImage += (value - (basis.mean[at % size] as number)) ** 2;
  }
  return {
    black: black / measured.length,
    meanImage: meanImage / measured.length,
    pca: principalError(measured, basis),
  };
}

/** What PCA knows of pictures: their mean in [0, 1], and the directions in which they vary most, one a row. */
export interface PrincipalBasis {
  mean: Float64Array;
  axes: readonly Float64Array[];
}

/** The basis of pictures of `size` pixels as bytes. */
export function principalBasis(pictures: Uint8Array, size: number, components: number): PrincipalBasis {
  const { mean, covariance } = moments(pictures, size);
  return { mean, axes: principalAxes(covariance, size, components) };
}

/** MSE of pictures that are rebuilt from their principal components and clipped to [0, 1]. @param pictures as bytes */
export function principalError(pictures: Uint8Array, { mean, axes }: PrincipalBasis): number {
  const size = mean.length;
  const picture = new Float64Array(size);
  let sum = 0;
  for (let start = 0; start < pictures.length; start += size) {
    for (let pixel = 0; pixel < size; pixel++) picture[pixel] = (pictures[start + pixel] as number) / 255;
    const rebuilt = project(picture, mean, axes);
    for (let pixel = 0; pixel < size; pixel++) {
      sum += ((picture[pixel] as number) - Math.min(1, Math.max(0, rebuilt[pixel] as number))) ** 2;
    }
  }
  return sum / pictures.length;
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
