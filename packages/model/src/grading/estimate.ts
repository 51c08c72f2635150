import { standardErrors95, wilson } from "../metrics/intervals.ts";
import type { Estimate, Found } from "./evidence.ts";

/** Mean and 95 % interval of one number for each picture that was looked at, of `total`; exact once all are in. */
export function estimate(values: ArrayLike<number>, total: number): Estimate {
  const count = values.length;
  let sum = 0;
  for (let index = 0; index < count; index++) sum += values[index] as number;
  const mean = sum / count;
  if (count >= total) return { mean, half: 0, count, total };
  let squares = 0;
  for (let index = 0; index < count; index++) squares += ((values[index] as number) - mean) ** 2;
  return { mean, half: (standardErrors95 * Math.sqrt(squares / (count - 1))) / Math.sqrt(count), count, total };
}

/** Least and greatest value that an estimate leaves open. */
export function bounds({ mean, half }: Estimate): [number, number] {
  return [Math.max(0, mean - half), mean + half];
}

/** The share that is found, with its 95 % interval by Wilson's score, which holds at 0 and 1 too. */
export function foundShare({ found, asked, total }: Found): { share: number; least: number; most: number } {
  const share = found / asked;
  if (asked >= total) return { share, least: share, most: share };
  const [least, most] = wilson(found, asked);
  return { share, least, most };
}
