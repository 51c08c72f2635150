import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Principal component analysis of rows of numbers: pictures as bytes, or codes. Rows lie one after another: [count, width]. */

/** Mean row, and the covariance matrix [width, width] with the count as its divisor. */
export interface Moments {
  mean: Float64Array;
  covariance: Float64Array;
}

/**
 * Mean and covariance, summed by hand and not by a product of matrices: four pixels in five of MNIST are zero and are
 * skipped, and 54,000 pictures need no copy in float64.
 */
export function momentsOf(rows: ArrayLike<number>, width: number): Moments {
  const count = rows.length / width;
  const mean = new Float64Array(width);
  const products = new Float64Array(width * width);
  const nonZero = new Int32Array(width);
  for (let start = 0; start < rows.length; start += width) {
    let found = 0;
    for (let at = 0; at < width; at++) if (rows[start + at] !== 0) nonZero[found++] = at;
    for (let i = 0; i < found; i++) {
      const row = nonZero[i] as number;
      const value = rows[start + row] as number;
      mean[row] = (mean[row] as number) + value;
      for (let j = 0; j <= i; j++) {
        const at = row * width + (nonZero[j] as number);
        products[at] = (products[at] as number) + value * (rows[start + (nonZero[j] as number)] as number);
      }
    }
  }
  for (let at = 0; at < width; at++) mean[at] = (mean[at] as number) / count;
  const covariance = new Float64Array(width * width);
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      const product = (products[row * width + column] as number) / count;
      const value = product - (mean[row] as number) * (mean[column] as number);
      covariance[row * width + column] = value;
      covariance[column * width + row] = value;
    }
  }
  return { mean, covariance };
}

/** What PCA knows of rows: their mean, and the directions in which they vary most. */
export interface PrincipalComponents {
  mean: Float64Array;
  /** Orthonormal, the one of most variance first. */
  axes: readonly Float64Array[];
  /** Variance along each axis. */
  variances: readonly number[];
  /** Sum of the variances of all columns. */
  totalVariance: number;
}

/** The first `count` principal components of rows; as many as there are columns where that is less. */
export function principalComponents(rows: ArrayLike<number>, width: number, count: number): PrincipalComponents {
  const { mean, covariance } = momentsOf(rows, width);
  const matrix = Matrix.from1DArray(width, width, covariance);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  // Eigenvalues come in ascending order.
  const columns = Array.from({ length: Math.min(count, width) }, (_, index) => width - 1 - index);
  return {
    mean,
    axes: columns.map((column) => oriented(Float64Array.from(eigenvectorMatrix.getColumn(column)))),
    variances: columns.map((column) => realEigenvalues[column] as number),
    totalVariance: matrix.trace(),
  };
}

/** An axis or its opposite: the one that leans towards the first columns, so that a map of rows is never mirrored. */
function oriented(axis: Float64Array): Float64Array {
  const lean = axis.reduce((sum, value, at) => sum + value / (at + 1), 0);
  return lean < 0 ? axis.map((value) => -value) : axis;
}

/**
 * MSE over pixels in [0, 1] of pictures that are rebuilt from their first principal components, clipped to [0, 1].
 * @param pictures bytes, as the components were computed from
 * @returns the error with 0 components (the mean picture), 1, 2, … and all of them
 */
export function principalErrors(pictures: Uint8Array, components: PrincipalComponents): Float64Array {
  const size = components.mean.length;
  const sums = new Float64Array(components.axes.length + 1);
  for (let start = 0; start < pictures.length; start += size) {
    const picture = pictures.subarray(start, start + size);
    let count = 0;
    for (const rebuilt of rebuiltByMore(picture, components)) {
      sums[count] = (sums[count] as number) + clippedError(picture, rebuilt);
      count++;
    }
  }
  return sums.map((sum) => sum / pictures.length / 255 ** 2);
}

/** A picture of bytes as its first `count` principal components rebuild it, clipped and rounded to bytes. */
export function principalPicture(picture: Uint8Array, components: PrincipalComponents, count: number): Uint8Array {
  let last = components.mean;
  for (const rebuilt of rebuiltByMore(picture, { ...components, axes: components.axes.slice(0, count) }))
    last = rebuilt;
  return Uint8Array.from(last, (value) => Math.round(Math.min(255, Math.max(0, value))));
}

/** A picture rebuilt from 0 components (the mean picture), 1, 2, … and all of them, not yet clipped: one array throughout. */
function* rebuiltByMore(picture: Uint8Array, { mean, axes }: PrincipalComponents): Generator<Float64Array> {
  const size = mean.length;
  const centred = mean.map((value, at) => (picture[at] as number) - value);
  const rebuilt = Float64Array.from(mean);
  yield rebuilt;
  for (const axis of axes) {
    let score = 0;
    for (let at = 0; at < size; at++) score += (centred[at] as number) * (axis[at] as number);
    for (let at = 0; at < size; at++) rebuilt[at] = (rebuilt[at] as number) + score * (axis[at] as number);
    yield rebuilt;
  }
}

/** Sum of the squared differences of bytes from numbers that are clipped to their range. */
function clippedError(picture: Uint8Array, reconstruction: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < picture.length; at++) {
    const value = reconstruction[at] as number;
    const difference = (picture[at] as number) - (value < 0 ? 0 : value > 255 ? 255 : value);
    sum += difference * difference;
  }
  return sum;
}

/**
 * The lower triangle L with L·Lᵀ = covariance: L times independent normal numbers has this covariance.
 * A column without variance would leave ml-matrix's solver dividing by 0, hence the hair of variance that each is given.
 */
export function choleskyFactor(covariance: Float64Array, width: number): Float64Array {
  const matrix = Matrix.from1DArray(width, width, covariance);
  for (let at = 0; at < width; at++) matrix.set(at, at, matrix.get(at, at) + leastVariance);
  return Float64Array.from(new CholeskyDecomposition(matrix).lowerTriangularMatrix.to1DArray());
}

const leastVariance = 1e-12;
