import { createRandom } from "./random.ts";

/** Tells shuffling apart from other uses of the same seed. */
const shuffling = 1;

/**
 * The order in which an epoch (from 1) shows `count` pictures: a Fisher–Yates shuffle, a pure function of its arguments,
 * so that a run can be continued in the middle without any random state.
 */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  const random = createRandom(seed, shuffling, epoch);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.int(last + 1);
    const picture = order[last] as number;
    order[last] = order[other] as number;
    order[other] = picture;
  }
  return order;
}
