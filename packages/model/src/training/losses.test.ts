import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { lossFunctions } from "./index.ts";

const require = createRequire(import.meta.url);
beforeAll(async () => {
  setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
  await tf.setBackend("wasm");
});

const targets = Float32Array.of(0, 1, 0.5, 1, 0);
const outputs = Float32Array.of(0.2, 0.9, 0.3, 1, 1);
// Keras 3.15: keras.losses.mean_squared_error and binary_crossentropy of these lists.
const expected = { mse: 0.218, bce: 3.4102426 } as const;

describe.each(["mse", "bce"] as const)("the loss %s", (name) => {
  const { ofTensors, ofPixels } = lossFunctions[name];

  it("has Keras's value, of tensors and of pixels", () => {
    expect(ofPixels(outputs, targets)).toBeCloseTo(expected[name], 5);
    expect(ofTensors(tf.tensor1d(outputs), tf.tensor1d(targets)).dataSync()[0]).toBeCloseTo(expected[name], 5);
  });

  it("has the gradient that finite differences give", () => {
    const inside = Float32Array.of(0.2, 0.9, 0.3, 0.7, 0.6);
    const gradient = tf
      .grad((y: tf.Tensor) => ofTensors(y, tf.tensor1d(targets)))(tf.tensor1d(inside))
      .dataSync();
    for (let index = 0; index < inside.length; index++) {
      const at = (step: number) =>
        ofPixels(
          inside.map((value, k) => (k === index ? value + step : value)),
          targets,
        );
      expect(gradient[index]).toBeCloseTo((at(1e-3) - at(-1e-3)) / 2e-3, 3);
    }
  });
});
