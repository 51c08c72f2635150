import { setImmediate } from "node:timers/promises";
import { createRandom } from "@autoencoder/data";
import type { Run } from "@autoencoder/model/run";
import { cachedPerNetwork } from "../cached.ts";
import { mnist } from "../mnist.ts";
import { nearestRows, type Rows, testCodes } from "./codes.ts";
import { principalRows } from "./principal-rows.ts";

/** How often the nearest other digit is of the same class, by several descriptions of a digit. */

/** Test digits that are asked about, and those that their nearest is looked for among. */
const asked = 500;
const among = 9000;

/** Of the first test digits, for how many the nearest of the last ones is of their class. */
async function countSame(labels: Uint8Array, nearestTo: (row: number) => number | undefined): Promise<number> {
  let same = 0;
  for (let row = 0; row < asked; row++) {
    const nearest = nearestTo(row);
    if (nearest !== undefined && labels[row] === labels[nearest]) same++;
    if (row % 20 === 0) await setImmediate(); // other requests are answered meanwhile
  }
  return same;
}

const rowOf = ({ values, width }: Rows, row: number) => values.subarray(row * width, (row + 1) * width);

/** The nearest of the last rows, by the rows themselves. */
function byRows(rows: Rows): (row: number) => number | undefined {
  const first = rows.values.length / rows.width - among;
  const references = { values: rows.values.subarray(first * rows.width), width: rows.width };
  return (row) => {
    const [nearest] = nearestRows(references, rowOf(rows, row), 1);
    return nearest && first + nearest.row;
  };
}

/**
 * The same for long rows of which orthonormal sums are known: no two rows are nearer than their sums, so that few have to be
 * compared in full.
 */
function byBoundedRows(rows: Rows, sums: Rows): (row: number) => number | undefined {
  const first = rows.values.length / rows.width - among;
  const nearestSums = byRows(sums);
  return (row) => {
    let nearest = nearestSums(row) as number;
    let limit = squared(rows, [row, nearest], Number.POSITIVE_INFINITY);
    for (let other = first; other < first + among; other++) {
      if (squared(sums, [row, other], limit) >= limit) continue;
      const distance = squared(rows, [row, other], limit);
      if (distance < limit) [nearest, limit] = [other, distance];
    }
    return nearest;
  };
}

/** Squared distance of two rows; given up once it is beyond the limit. */
function squared({ values, width }: Rows, [a, b]: readonly [number, number], limit: number): number {
  let sum = 0;
  for (let at = 0; at < width && sum < limit; at++) {
    sum += ((values[a * width + at] as number) - (values[b * width + at] as number)) ** 2;
  }
  return sum;
}

/** For the run's codes, and for as many random sums of the pixels, which learned nothing: cheap enough for a page. */
export const neighbourAgreement = cachedPerNetwork(async (run: Run) => {
  const codes = await testCodes(run);
  const { test } = await mnist();
  const size = test.rows * test.columns;
  const random = createRandom(1);
  const sums = Float32Array.from({ length: size * codes.width }, () => random.normal());
  const projected = { values: project(test.pixels, size, sums), width: codes.width };
  return {
    asked,
    among,
    width: codes.width,
    codes: await countSame(test.labels, byRows(codes)),
    random: await countSame(test.labels, byRows(projected)),
  };
});

/** For all pixels, and for as many principal components of the training pictures as the code has numbers: some seconds. */
export const pixelAgreement = cachedPerNetwork(async (run: Run) => {
  const { width } = await testCodes(run);
  const { train, test } = await mnist();
  const size = test.rows * test.columns;
  const pixels = { values: new Float32Array(test.pixels).map((byte) => byte / 255), width: size };
  const axes = await principalRows(train.pixels, size, width);
  const components = { values: project(test.pixels, size, axes), width };
  return {
    pixels: await countSame(test.labels, byBoundedRows(pixels, components)),
    pca: await countSame(test.labels, byRows(components)),
  };
});

/** Weighted sums of each picture's pixels. @param weights [pixels × sums] @returns [pictures × sums] */
function project(pictures: Uint8Array, size: number, weights: Float32Array): Float32Array {
  const width = weights.length / size;
  const projected = new Float32Array((pictures.length / size) * width);
  for (let from = 0; from < pictures.length; from++) {
    const byte = pictures[from] as number;
    if (byte === 0) continue; // four pixels in five
    const [first, pixel] = [Math.floor(from / size) * width, from % size];
    for (let at = 0; at < width; at++) {
      projected[first + at] =
        (projected[first + at] as number) + (byte / 255) * (weights[pixel * width + at] as number);
    }
  }
  return projected;
}
