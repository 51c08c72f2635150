import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { sizeOf } from "../network/shapes.ts";
import { compiled } from "./compile.ts";

/** Pictures in one call of a model outside training: more costs memory and gains nothing. */
export const imagesAtOnce = 250;

type Apply = (batch: tf.Tensor) => tf.Tensor;
/** Models as they are applied, compiled where the engine compiles. */
const applied = new WeakMap<LayersModel, Apply>();

function applyOf(model: LayersModel): Apply {
  const found =
    applied.get(model) ?? compiled(`prediction of ${model.name}`, (batch) => model.apply(batch) as tf.Tensor);
  applied.set(model, found);
  return found;
}

/**
 * A model's outputs for many inputs, batch by batch.
 * @param inputs [count, …the model's input shape] flat
 * @returns [count, …the model's output shape] flat
 */
export async function predict(model: LayersModel, inputs: Float32Array): Promise<Float32Array> {
  const inputShape = model.inputs[0]?.shape.slice(1) as number[];
  const outputShape = model.outputs[0]?.shape.slice(1) as number[];
  const inputSize = sizeOf(inputShape);
  const outputSize = sizeOf(outputShape);
  const count = inputs.length / inputSize;
  const outputs = new Float32Array(count * outputSize);
  const apply = applyOf(model);
  for (let start = 0; start < count; start += imagesAtOnce) {
    const end = Math.min(start + imagesAtOnce, count);
    const output = tf.tidy(() => {
      const batch = tf.tensor(inputs.subarray(start * inputSize, end * inputSize), [end - start, ...inputShape]);
      return apply(batch);
    });
    outputs.set(await output.data<"float32">(), start * outputSize);
    output.dispose();
  }
  return outputs;
}
