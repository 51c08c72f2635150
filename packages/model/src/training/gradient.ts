import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { forward } from "./forward.ts";
import { lossFunctions } from "./losses.ts";
import type { Recipe } from "./recipes/index.ts";
import { trainableVariables } from "./weights.ts";

/** A mean loss over a batch, and its gradient by all weights, flat in layer order. */
export interface LossAndGradient {
  loss: tf.Scalar;
  gradient: tf.Tensor1D;
}

/** How far an autoencoder's outputs are from its inputs, and the gradient of that. @param batch [images, …the network's input] */
export function lossAndGradient(autoencoder: LayersModel, batch: tf.Tensor, loss: Recipe["loss"]): LossAndGradient {
  const variables = trainableVariables(autoencoder);
  const { value, grads } = tf.variableGrads(
    () => lossFunctions[loss].ofTensors(forward(autoencoder, batch), batch) as tf.Scalar,
    variables,
  );
  return { loss: value, gradient: flatten(variables.map(({ name }) => grads[name] as tf.Tensor)) };
}

/** Tensors as one vector, in their order. */
export function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]) as tf.Tensor1D));
}
