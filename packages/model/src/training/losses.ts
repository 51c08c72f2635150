import * as tf from "@tensorflow/tfjs-core";
import { meanSquaredError } from "../metrics/mse.ts";
import type { Recipe } from "./recipes/recipe.ts";

/** A loss as the optimizer follows it, and as it is measured on pictures that were predicted. Both are means over pixels. */
interface Loss {
  /** A scalar, differentiable. */
  ofTensors(outputs: tf.Tensor, targets: tf.Tensor): tf.Tensor;
  ofPixels(outputs: Float32Array, targets: Float32Array): number;
}

/** The losses that a recipe may name, by Keras's short names. */
export const lossFunctions: Readonly<Record<Recipe["loss"], Loss>> = {
  mse: {
    ofTensors: (outputs, targets) => tf.mean(tf.squaredDifference(outputs, targets)),
    ofPixels: meanSquaredError,
  },
  bce: {
    ofTensors: (outputs, targets) => {
      const kept = tf.clipByValue(outputs, epsilon, mostOutput);
      const lit = tf.mul(targets, tf.log(kept));
      const dark = tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, kept)));
      return tf.neg(tf.mean(tf.add(lit, dark)));
    },
    ofPixels: binaryCrossEntropy,
  },
};

/** Keras's: outputs are kept this far from 0 and 1 before a logarithm is taken, in float32 as it does. */
const epsilon = 1e-7;
const mostOutput = Math.fround(1 - epsilon);

/** Mean binary cross-entropy, in nats, summed in float64. */
function binaryCrossEntropy(outputs: Float32Array, targets: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < outputs.length; index++) {
    const kept = Math.min(Math.max(outputs[index] as number, epsilon), mostOutput);
    const target = targets[index] as number;
    sum -= target * Math.log(kept) + (1 - target) * Math.log(1 - kept);
  }
  return sum / outputs.length;
}
