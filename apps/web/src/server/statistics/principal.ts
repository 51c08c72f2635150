/** The two directions in which rows of numbers vary most. */
export interface Principal {
  readonly mean: Float64Array;
  /** Unit vectors, the one of the largest variance first. */
  readonly axes: readonly [Float64Array, Float64Array];
  readonly variances: readonly [number, number];
  /** Sum of the variances of all columns. */
  readonly total: number;
}

/** Principal components by power iteration on the covariance. @param rows [count × width] */
export function principalComponents(rows: ArrayLike<number>, width: number): Principal {
  const { mean, covariance } = momentsOf(rows, width);
  const matrix = covariance.slice();
  const total = Array.from({ length: width }, (_, at) => matrix[at * width + at] as number).reduce((a, b) => a + b, 0);
  const find = (): [Float64Array, number] => {
    let axis = Float64Array.from({ length: width }, (_, at) => 1 / (at + 1));
    let variance = 0;
    for (let step = 0; step < 500; step++) {
      const next = new Float64Array(width);
      for (let row = 0; row < width; row++) {
        for (let column = 0; column < width; column++) {
          next[row] = (next[row] as number) + (matrix[row * width + column] as number) * (axis[column] as number);
        }
      }
      variance = Math.hypot(...next);
      if (variance === 0) break;
      axis = next.map((value) => value / variance);
    }
    for (let at = 0; at < matrix.length; at++) {
      const [row, column] = [Math.floor(at / width), at % width];
      matrix[at] = (matrix[at] as number) - variance * (axis[row] as number) * (axis[column] as number);
    }
    return [axis, variance];
  };
  const [first, second] = [find(), find()];
  return { mean, axes: [first[0], second[0]], variances: [first[1], second[1]], total };
}

/** Column means and the covariance matrix. @param rows [count × width] */
export function momentsOf(rows: ArrayLike<number>, width: number) {
  const count = rows.length / width;
  const mean = new Float64Array(width);
  for (let at = 0; at < rows.length; at++)
    mean[at % width] = (mean[at % width] as number) + (rows[at] as number) / count;
  const covariance = new Float64Array(width * width);
  for (let row = 0; row < count; row++) {
    for (let a = 0; a < width; a++) {
      const da = (rows[row * width + a] as number) - (mean[a] as number);
      for (let b = 0; b <= a; b++) {
        const db = (rows[row * width + b] as number) - (mean[b] as number);
        covariance[a * width + b] = (covariance[a * width + b] as number) + (da * db) / count;
      }
    }
  }
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < a; b++) covariance[b * width + a] = covariance[a * width + b] as number;
  }
  return { mean, covariance };
}

/** The lower triangle L with L·Lᵀ = matrix; a column without variance stays 0. */
export function cholesky(matrix: Float64Array, width: number): Float64Array {
  const lower = new Float64Array(width * width);
  const at = (row: number, column: number) => lower[row * width + column] as number;
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * width + column] as number;
      for (let k = 0; k < column; k++) rest -= at(row, k) * at(column, k);
      if (row === column) lower[row * width + column] = Math.sqrt(Math.max(0, rest));
      else lower[row * width + column] = at(column, column) > 0 ? rest / at(column, column) : 0;
    }
  }
  return lower;
}
