import type { ImageSet } from "./mnist.ts";
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

/**
 * Copies pictures into `out` as float32 in [0, 1], one after the other: [indices.length, rows, columns, 1] flat.
 * @throws Error when `out` has another length
 */
export function gatherImages(set: ImageSet, indices: Uint32Array, out: Float32Array): void {
  const size = set.rows * set.columns;
  if (out.length !== indices.length * size) {
    throw new Error(`batch: expected room for ${indices.length * size} pixels but got ${out.length}`);
  }
  indices.forEach((picture, position) => {
    const from = picture * size;
    const to = position * size;
    for (let pixel = 0; pixel < size; pixel++) out[to + pixel] = (set.pixels[from + pixel] as number) / 255;
  });
}
