import { createRandom } from "@autoencoder/data";
import { readTable, tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { mnist } from "./mnist.ts";
import { readRunFile } from "./run-store.ts";

/** Rows of numbers, as many in each. */
export interface Rows {
  /** [count × width] */
  values: Float32Array;
  width: number;
}

/** The codes of all test digits. @throws RunProblem */
export async function testCodes(run: Run): Promise<Rows> {
  const { bytes } = await readRunFile(run, runPaths.testLatents);
  const { data, shape } = tensor(readTable(bytes), "latents");
  return { values: Float32Array.from(data), width: shape[1] as number };
}

/** The rows that are nearest to one, nearest first. */
export function nearestRows(
  { values, width }: Rows,
  to: ArrayLike<number>,
  count: number,
): { row: number; distance: number }[] {
  const best: { row: number; distance: number }[] = [];
  for (let row = 0; row * width < values.length; row++) {
    const worst = best[count - 1]?.distance ?? Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let at = 0; at < width && sum < worst; at++) {
      sum += ((values[row * width + at] as number) - (to[at] as number)) ** 2;
    }
    if (sum >= worst) continue;
    const place = best.findIndex(({ distance }) => sum < distance);
    best.splice(place < 0 ? best.length : place, 0, { row, distance: sum });
    best.length = Math.min(best.length, count);
  }
  return best.map(({ row, distance }) => ({ row, distance: Math.sqrt(distance) }));
}

/** Test digits that are asked about, and those that their nearest is looked for among. */
const asked = 500;
const among = 9000;

/** How often the nearest other digit is of the same class, of the first test digits among the last ones. */
export function agreement({ values, width }: Rows, labels: Uint8Array): number {
  const count = values.length / width;
  const references = { values: values.subarray((count - among) * width), width };
  let same = 0;
  for (let row = 0; row < asked; row++) {
    const [nearest] = nearestRows(references, values.subarray(row * width, (row + 1) * width), 1);
    if (nearest && labels[row] === labels[count - among + nearest.row]) same++;
  }
  return same / asked;
}

/** Label agreement of neighbours: for the run's codes, and for as many random sums of the pixels, which learned nothing. */
export async function neighbourAgreement(run: Run) {
  const codes = await testCodes(run);
  const { test } = await mnist();
  const size = test.rows * test.columns;
  const random = createRandom(1);
  const sums = Float32Array.from({ length: size * codes.width }, () => random.normal());
  const projected = new Float32Array(test.count * codes.width);
  for (let image = 0; image < test.count; image++) {
    for (let pixel = 0; pixel < size; pixel++) {
      const byte = test.pixels[image * size + pixel] as number;
      if (byte === 0) continue;
      for (let at = 0; at < codes.width; at++) {
        const to = image * codes.width + at;
        projected[to] = (projected[to] as number) + (byte / 255) * (sums[pixel * codes.width + at] as number);
      }
    }
  }
  return {
    asked,
    among,
    codes: agreement(codes, test.labels),
    random: agreement({ values: projected, width: codes.width }, test.labels),
  };
}
