import "@tensorflow/tfjs-backend-cpu";
import { Optimizer } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { adamSteps } from "./adam-steps.ts";

describe("adamSteps", () => {
  it("takes the steps that the trainer's Adam takes", async () => {
    await tf.setBackend("cpu");
    const gradients = [0.5, -0.25, 0.125, 3, 0, -1e-3];
    const weight = tf.variable(tf.tensor1d([0]));
    const adam = new Optimizer([weight], { name: "adam", learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
    let before = 0;
    adamSteps(gradients).forEach(({ gradient, step }, at) => {
      adam.apply(tf.tensor1d([gradient]), adam.numbers(at + 1, 1e-3));
      const now = weight.dataSync()[0] as number;
      expect(before - now).toBeCloseTo(step, 7);
      before = now;
    });
  });

  it("takes the same first step whatever the gradient's size", () => {
    for (const size of [100, 1, 1e-3]) expect(adamSteps([size])[0]?.step).toBeCloseTo(1e-3, 5);
  });
});
