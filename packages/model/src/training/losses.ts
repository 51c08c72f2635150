import * as tf from "@tensorflow/tfjs-core";
import type { Recipe } from "../recipes/recipe.ts";
import { meanAbsoluteError, meanSquaredError } from "./metrics.ts";

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
  mae: {
    ofTensors: (outputs, targets) => tf.mean(tf.abs(tf.sub(outputs, targets))),
    ofPixels: meanAbsoluteError,
  },
};
