import "@tensorflow/tfjs-backend-cpu";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  convolutionFilterGradient,
  convolutionInputGradient,
  registerFastGradients,
  registerWasmGradients,
} from "./index.ts";

/** The stock gradients of tfjs's cpu backend are the reference; wasm has to agree, with and without our gradients. */

const require = createRequire(import.meta.url);

type Loss = (x: tf.Tensor4D, w: tf.Tensor4D) => tf.Tensor;
const seeded = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);

interface Gradients {
  x: Float32Array;
  w: Float32Array;
}
async function gradients(loss: Loss, xShape: number[], wShape: number[]): Promise<Gradients> {
  const x = seeded(xShape, 7) as tf.Tensor4D;
  const w = seeded(wShape, 11) as tf.Tensor4D;
  const [dx, dw] = tf.grads(((a: tf.Tensor4D, b: tf.Tensor4D) => tf.sum(tf.square(loss(a, b)))) as never)([x, w]);
  return { x: (await dx!.data()) as Float32Array, w: (await dw!.data()) as Float32Array };
}
function expectClose(actual: Float32Array, expected: Float32Array) {
  expect(actual.length).toBe(expected.length);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  const worst = expected.reduce((most, value, index) => Math.max(most, Math.abs(value - actual[index]!)), 0);
  expect(worst / scale).toBeLessThan(1e-5);
}

const cases: { title: string; loss: Loss; x: number[]; w: number[] }[] = [];
for (const padding of ["same", "valid"] as const) {
  for (const [channels, filters, kernel] of [
    [1, 3, 3],
    [4, 2, 3],
    [2, 5, 5],
    [3, 4, 1],
  ] as const) {
    cases.push({
      title: `a ${kernel}×${kernel} convolution, padding ${padding}, ${channels} → ${filters} channels`,
      loss: (x, w) => tf.conv2d(x, w, 1, padding),
      x: [2, 6, 7, channels],
      w: [kernel, kernel, channels, filters],
    });
  }
}
cases.push(
  {
    title: "an upsampling by 2, then a convolution",
    loss: (x, w) => tf.conv2d(tf.image.resizeNearestNeighbor(x, [8, 6]), w, 1, "same"),
    x: [1, 4, 3, 3], // one image: the cpu backend's own gradient of an upsampling mixes the images of a batch
    w: [3, 3, 3, 2],
  },
  {
    title: "a ReLU, a max pooling, then a convolution",
    loss: (x, w) => tf.conv2d(tf.maxPool(tf.relu(x), 2, 2, "valid"), w, 1, "same"),
    x: [2, 8, 6, 3],
    w: [3, 3, 3, 2],
  },
  {
    title: "a matrix product",
    loss: (x, w) => tf.matMul(tf.reshape(x, [3, 8]), tf.reshape(w, [8, 5])),
    x: [3, 2, 2, 2],
    w: [2, 2, 2, 5],
  },
);

describe("gradients on the wasm backend equal the stock ones of the cpu backend", () => {
  const reference = new Map<string, Gradients>();
  beforeAll(async () => {
    await tf.setBackend("cpu");
    for (const { title, loss, x, w } of cases) reference.set(title, await gradients(loss, x, w));
    setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
    await tf.setBackend("wasm");
    registerFastGradients();
    registerWasmGradients();
  });
  for (const { title, loss, x, w } of cases) {
    it(title, async () => {
      const actual = await gradients(loss, x, w);
      expectClose(actual.x, reference.get(title)!.x);
      expectClose(actual.w, reference.get(title)!.w);
    });
  }

  it("the gradient of an upsampled batch is that of its images, one by one", () => {
    const x = seeded([2, 3, 4, 5], 1) as tf.Tensor4D;
    const up = (images: tf.Tensor) => tf.image.resizeNearestNeighbor(images as tf.Tensor4D, [6, 8]);
    const dy = seeded([2, 6, 8, 5], 2);
    const batch = tf.grad((images: tf.Tensor) => tf.sum(tf.mul(up(images), dy)))(x);
    // Every value was copied into a 2×2 block: its gradient is the block's sum.
    const blocks = tf.sum(tf.reshape(dy, [2, 3, 2, 4, 2, 5]), [2, 4]);
    expectClose(batch.dataSync() as Float32Array, blocks.dataSync() as Float32Array);
  });

  it("a convolution with stride 2 is refused with a sentence that says what to do", () => {
    const x = seeded([1, 6, 6, 2], 1) as tf.Tensor4D;
    const w = seeded([3, 3, 2, 2], 2) as tf.Tensor4D;
    const differentiate = tf.grad((kernel: tf.Tensor) => tf.sum(tf.conv2d(x, kernel as tf.Tensor4D, 2, "same")));
    expect(() => differentiate(w)).toThrow(/expected stride 1.*train on the native engine/);
  });
});

describe("the gradients of a convolution equal finite differences", () => {
  for (const padding of ["same", "valid"] as const) {
    it(`padding ${padding}`, async () => {
      await tf.setBackend("cpu");
      const x = seeded([1, 4, 5, 2], 3) as tf.Tensor4D;
      const w = seeded([3, 3, 2, 2], 5) as tf.Tensor4D;
      const y = tf.conv2d(x, w, 1, padding);
      const dy = seeded([...y.shape], 9) as tf.Tensor4D; // L = Σ y·dy, so ∂L/∂y = dy and L is linear in x and in w
      const loss = (a: tf.Tensor4D, b: tf.Tensor4D) => tf.sum(tf.mul(tf.conv2d(a, b, 1, padding), dy)).dataSync()[0]!;
      const dx = convolutionInputGradient(dy, w, padding).dataSync();
      const dw = convolutionFilterGradient(x, dy, { kernelSize: [3, 3], padding }).dataSync();
      for (const index of [0, 7, 13, 39]) {
        const shift = oneAt([...x.shape], index);
        expect(dx[index]).toBeCloseTo(loss(tf.add(x, shift), w) - loss(x, w), 4);
      }
      for (const index of [0, 5, 17, 35]) {
        const shift = oneAt([...w.shape], index);
        expect(dw[index]).toBeCloseTo(loss(x, tf.add(w, shift)) - loss(x, w), 4);
      }
    });
  }
});

function oneAt(shape: number[], index: number): tf.Tensor4D {
  const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
  values[index] = 1;
  return tf.tensor4d(values, shape as [number, number, number, number]);
}
