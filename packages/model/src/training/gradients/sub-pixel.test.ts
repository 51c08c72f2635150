import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { assignmentSpec, type LayerSpec } from "../../network/spec.ts";
import { buildAutoencoder, buildModel } from "../build.ts";
import { forward } from "../forward.ts";
import { registerFastGradients, registerWasmGradients } from "./index.ts";
import { phaseKernels, upSampledConvolution } from "./sub-pixel.ts";

/** What is computed in phases is held against the two operations that it stands for. */

const require = createRequire(import.meta.url);
beforeAll(async () => {
  setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
  await tf.setBackend("wasm");
  registerFastGradients();
  registerWasmGradients();
});

type Shape = [number, number, number, number];
const seeded = (shape: Shape, seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor4D;
const inTwo = (x: tf.Tensor4D, kernel: tf.Tensor4D) => {
  const [, height, width] = x.shape;
  return tf.conv2d(tf.image.resizeNearestNeighbor(x, [2 * height, 2 * width]), kernel, 1, "same");
};
function expectClose(actual: tf.Tensor, expected: tf.Tensor) {
  expect(actual.shape).toEqual(expected.shape);
  const scale = tf.max(tf.abs(expected)).dataSync()[0] as number;
  expect((tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0] as number) / scale).toBeLessThan(1e-5);
}

describe("a convolution of an upsampled map, computed on the map as it was", () => {
  for (const [images, height, width, channels, filters] of [
    [1, 1, 1, 1, 1],
    [2, 3, 4, 2, 1],
    [3, 4, 3, 5, 4],
    [2, 7, 7, 8, 16],
  ] as const) {
    it(`equals the two operations, gradients too: ${images} × ${height} × ${width}, ${channels} → ${filters}`, () => {
      const x = seeded([images, height, width, channels], 1);
      const kernel = seeded([3, 3, channels, filters], 2);
      const dy = seeded([images, 2 * height, 2 * width, filters], 3);
      expectClose(upSampledConvolution(x, kernel), inTwo(x, kernel));
      const gradients = (f: typeof inTwo) =>
        tf.grads(((a: tf.Tensor4D, b: tf.Tensor4D) => tf.sum(tf.mul(f(a, b), dy))) as never)([x, kernel]);
      const [dx, dkernel] = gradients(upSampledConvolution);
      const [stockX, stockKernel] = gradients(inTwo);
      expectClose(dx as tf.Tensor, stockX as tf.Tensor);
      expectClose(dkernel as tf.Tensor, stockKernel as tf.Tensor);
    });
  }

  it("has the gradients that finite differences have", () => {
    const [x, kernel, dy] = [seeded([1, 2, 3, 2], 4), seeded([3, 3, 2, 2], 5), seeded([1, 4, 6, 2], 6)];
    const loss = (a: tf.Tensor4D, b: tf.Tensor4D) => tf.sum(tf.mul(upSampledConvolution(a, b), dy)); // linear in both
    const [dx, dkernel] = tf.grads(loss as never)([x, kernel]) as [tf.Tensor4D, tf.Tensor4D];
    const at = (tensor: tf.Tensor4D, index: number) => {
      const one = tf.oneHot(tf.tensor1d([index], "int32"), tensor.size);
      return tf.add(tensor, tf.reshape(tf.cast(one, "float32"), tensor.shape)) as tf.Tensor4D;
    };
    const start = loss(x, kernel).dataSync()[0] as number;
    for (const index of [0, 3, 11]) {
      expect(dx.dataSync()[index]).toBeCloseTo((loss(at(x, index), kernel).dataSync()[0] as number) - start, 4);
    }
    for (const index of [0, 17, 35]) {
      expect(dkernel.dataSync()[index]).toBeCloseTo((loss(x, at(kernel, index)).dataSync()[0] as number) - start, 4);
    }
  });

  it("stands in a network's training for its upsamplings, where the backend has the kernels", async () => {
    const { autoencoder } = buildAutoencoder(assignmentSpec({ latent: 8 }));
    const batch = tf.randomUniform([3, 28, 28, 1], 0, 1, "float32", 7);
    const { kernelNames, result } = await tf.profile(() => forward(autoencoder, batch));
    expect(kernelNames).toContain(phaseKernels.interleave);
    expect(kernelNames).not.toContain("ResizeNearestNeighbor");
    expectClose(result as tf.Tensor, autoencoder.apply(batch) as tf.Tensor);
  });

  it("leaves other upsamplings and other convolutions to tfjs", async () => {
    const { decoder } = assignmentSpec({ latent: 8 });
    const layers = decoder.layers.map((layer) => {
      if (layer.name === "conv2d_3") return { ...layer, kernelSize: [5, 5] } as LayerSpec;
      if (layer.name === "up_sampling2d_1") return { ...layer, size: [2, 3] } as LayerSpec;
      return layer;
    });
    const model = buildModel({ ...decoder, layers });
    const codes = tf.randomNormal([2, 8], 0, 1, "float32", 3);
    const { kernelNames, result } = await tf.profile(() => forward(model, codes));
    expect(kernelNames).not.toContain(phaseKernels.interleave);
    expectClose(result as tf.Tensor, model.apply(codes) as tf.Tensor);
  });
});
