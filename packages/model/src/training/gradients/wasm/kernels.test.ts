import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-layers";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { registerWasmGradients } from "./register.ts";

/** tfjs's cpu backend, plain loops in JavaScript, is the reference; each case calls a kernel that is replaced on wasm. */

const require = createRequire(import.meta.url);
const seeded = (shape: number[], seed = 7) => tf.randomNormal(shape, 0, 1, "float32", seed);
/** Whole numbers from −1 to 1: most windows have equal values, and many none above 0. */
const coarse = (shape: number[]) => tf.round(tf.clipByValue(seeded(shape), -1, 1));
const poolGradient = (shape: number[], size: number, stride: number, pad: "valid" | "same") => () => {
  const pooled = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, size, stride, pad);
  const x = coarse(shape);
  return tf.grad((input: tf.Tensor) => tf.sum(tf.mul(pooled(input), seeded(pooled(x).shape, 3))))(x);
};

/** The gradient of a kernel over pictures of one channel, half of whose pixels are 0. */
const kernelGradient = (kernel: number[], pad: "valid" | "same") => () => {
  const x = tf.relu(seeded([3, 6, 5, 1])) as tf.Tensor4D;
  const convolved = (by: tf.Tensor) => tf.conv2d(x, by as tf.Tensor4D, 1, pad);
  const w = seeded(kernel, 5);
  return tf.grad((by: tf.Tensor) => tf.sum(tf.mul(convolved(by), seeded(convolved(w).shape, 3))))(w);
};

const cases: [string, () => tf.Tensor | tf.Tensor[]][] = [
  ["the gradient of a max pooling", poolGradient([2, 6, 8, 3], 2, 2, "valid")],
  ["the same where the last row and column are left over", poolGradient([1, 5, 7, 2], 2, 2, "valid")],
  ["the same where windows reach over the edge", poolGradient([2, 5, 7, 2], 3, 3, "same")],
  ["the same where windows overlap", poolGradient([1, 6, 6, 2], 3, 1, "same")],
  ["the gradient of a kernel over one channel", kernelGradient([3, 3, 1, 4], "same")],
  ["the same of another size, within the picture", kernelGradient([5, 3, 1, 2], "valid")],
  ["a sum over all axes but the last", () => tf.sum(seeded([3, 4, 5, 6]), [0, 1, 2])],
  ["the same with the axes kept", () => tf.sum(seeded([3, 4, 6]), [1, 0], true)],
  ["a sum over the last axis", () => tf.sum(seeded([3, 4, 6]), 2)],
  ["a sum over a middle axis", () => tf.sum(seeded([3, 4, 6]), 1)],
  ["a sum of everything", () => tf.sum(seeded([3, 4]))],
  ["a product with its first matrix transposed", () => tf.matMul(seeded([5, 3]), seeded([5, 4], 9), true, false)],
  ["a product with its second matrix transposed", () => tf.matMul(seeded([3, 5]), seeded([4, 5], 9), false, true)],
  ["a product with both transposed", () => tf.matMul(seeded([5, 3]), seeded([4, 5], 9), true, true)],
  ["products of a batch", () => tf.matMul(seeded([2, 5, 3]), seeded([2, 5, 4], 9), true, false)],
  ["a reversal of the leading axes", () => tf.reverse(seeded([3, 2, 4, 5]), [0, 1])],
  ["a reversal of other axes", () => tf.reverse(seeded([3, 2, 4, 5]), [1, 3])],
  ["a vector split", () => tf.split(seeded([10]), [2, 5, 3])],
  ["a vector split in equal parts", () => tf.split(seeded([10]), 2)],
  ["a matrix split", () => tf.split(seeded([4, 6]), [2, 4], 1)],
];

describe("kernels on wasm give what the cpu backend gives", () => {
  const reference = new Map<string, Float32Array[]>();
  const values = (of: () => tf.Tensor | tf.Tensor[]) => [of()].flat().map((one) => one.dataSync() as Float32Array);
  beforeAll(async () => {
    await tf.setBackend("cpu");
    for (const [title, of] of cases) reference.set(title, values(of));
    setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
    await tf.setBackend("wasm");
    registerWasmGradients();
  });
  it.each(cases)("%s", (title, of) => {
    const expected = reference.get(title) as Float32Array[];
    const got = values(of);
    expect(got.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
    for (const [part, tensor] of got.entries()) {
      tensor.forEach((value, at) => {
        expect(value, `${part}, ${at}`).toBeCloseTo(expected[part]![at]!, 5);
      });
    }
  });

  it("a sum of many numbers is rounded once", () => {
    // 2²⁴ ones after 2²⁴: float32 would stay at 2²⁴.
    const column = tf.concat([tf.fill([1, 1], 2 ** 24), tf.ones([1000, 1])]);
    expect(tf.sum(column, 0).dataSync()[0]).toBe(2 ** 24 + 1000);
  });
});
