import { setImmediate } from "node:timers/promises";
import { createRandom } from "@autoencoder/data";

/** Pictures that the covariance is taken over. */
const fitted = 5000;
/** Turns of the iteration; by then the space no longer moves by what a nearest neighbour would notice. */
const turns = 12;

/**
 * The directions in which pictures vary most, by subspace iteration on their covariance.
 * @param pictures bytes, `size` a picture @returns [size × count], orthonormal columns, the first ones of most variance
 */
export async function principalRows(pictures: Uint8Array, size: number, count: number): Promise<Float32Array> {
  const covariance = covarianceOf(pictures.subarray(0, fitted * size), size);
  const random = createRandom(1);
  let axes: Float64Array = Float64Array.from({ length: size * count }, () => random.normal());
  for (let turn = 0; turn < turns; turn++) {
    axes = orthonormal(times(covariance, axes, size), size, count);
    await setImmediate(); // other requests are answered meanwhile
  }
  return Float32Array.from(axes);
}

/** [size × size], without the pictures' zeros. */
function covarianceOf(pictures: Uint8Array, size: number): Float64Array {
  const count = pictures.length / size;
  const covariance = new Float64Array(size * size);
  const mean = new Float64Array(size);
  const lit = new Uint16Array(size);
  for (let first = 0; first < pictures.length; first += size) {
    let found = 0;
    for (let pixel = 0; pixel < size; pixel++) if (pictures[first + pixel] !== 0) lit[found++] = pixel;
    for (let a = 0; a < found; a++) {
      const row = lit[a] as number;
      const value = (pictures[first + row] as number) / 255;
      mean[row] = (mean[row] as number) + value / count;
      for (let b = 0; b < found; b++) {
        const at = row * size + (lit[b] as number);
        covariance[at] =
          (covariance[at] as number) + (value * (pictures[first + (lit[b] as number)] as number)) / 255 / count;
      }
    }
  }
  return covariance.map((sum, at) => sum - (mean[Math.floor(at / size)] as number) * (mean[at % size] as number));
}

/** matrix [size × size] · columns [size × count] */
function times(matrix: Float64Array, columns: Float64Array, size: number): Float64Array {
  const count = columns.length / size;
  const product = new Float64Array(columns.length);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = matrix[row * size + inner] as number;
      if (factor === 0) continue; // pixels that are black in every picture
      for (let at = 0; at < count; at++) {
        product[row * count + at] =
          (product[row * count + at] as number) + factor * (columns[inner * count + at] as number);
      }
    }
  }
  return product;
}

/** Gram and Schmidt: each column without what the columns before it have, at length 1. */
function orthonormal(columns: Float64Array, size: number, count: number): Float64Array {
  const kept = Array.from({ length: count }, (_, column) =>
    Float64Array.from({ length: size }, (_, row) => columns[row * count + column] as number),
  );
  kept.forEach((column, at) => {
    for (const before of kept.slice(0, at)) {
      const part = column.reduce((sum, value, row) => sum + value * (before[row] as number), 0);
      for (let row = 0; row < size; row++) column[row] = (column[row] as number) - part * (before[row] as number);
    }
    const length = Math.hypot(...column) || 1;
    for (let row = 0; row < size; row++) column[row] = (column[row] as number) / length;
  });
  return Float64Array.from({ length: size * count }, (_, at) => kept[at % count]?.[Math.floor(at / count)] as number);
}
