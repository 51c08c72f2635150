import { readTable, tensor } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { readRunFile } from "../run-store.ts";

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
