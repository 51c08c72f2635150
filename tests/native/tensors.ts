import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";

/** Normally distributed numbers, the same for a seed. */
export const normal = (shape: number[], seed: number): tf.Tensor => tf.randomNormal(shape, 0, 1, "float32", seed);

/** Greatest difference, in units of the greatest expected value. */
export function difference(actual: tf.Tensor, expected: tf.Tensor): number {
  expect(actual.shape).toEqual(expected.shape);
  const [got, want] = [actual.dataSync<"float32">(), expected.dataSync<"float32">()];
  const scale = want.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
  return want.reduce((most, value, at) => Math.max(most, Math.abs(value - (got[at] as number))), 0) / scale;
}
