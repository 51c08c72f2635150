import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/**
 * The output of every layer of a model for a batch, by layer name, the input first.
 * The caller disposes of the tensors, or calls this inside `tf.tidy`.
 */
export function activations(model: LayersModel, input: Tensor): Map<string, Tensor> {
  const outputs = new Map<string, Tensor>();
  let tensor = input;
  for (const layer of model.layers) {
    if (layer.getClassName() !== "InputLayer") tensor = layer.apply(tensor) as Tensor;
    outputs.set(layer.name, tensor);
  }
  return outputs;
}
