import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel, layers } from "@tensorflow/tfjs-layers";
import { hasPhaseKernels, upSampledConvolution } from "./gradients/sub-pixel.ts";

type Layer = layers.Layer;

/**
 * A model's outputs in training. Where the backend has the kernels for it, an upsampling and the convolution after it are
 * computed as one: equal up to rounding, in about half of the multiplications.
 */
export function forward(model: LayersModel, x: tf.Tensor): tf.Tensor {
  if (!hasPhaseKernels()) return model.apply(x, { training: true }) as tf.Tensor;
  let map = x;
  const chain = chainOf(model);
  for (let at = 0; at < chain.length; at++) {
    const [layer, next] = [chain[at] as Layer, chain[at + 1]];
    if (next && doubles(layer) && isThreeByThree(next)) {
      map = convolved(map as tf.Tensor4D, next);
      at += 1;
    } else {
      map = layer.apply(map, { training: true }) as tf.Tensor;
    }
  }
  return map;
}

/** A model's layers in order, those of models within it in their place. */
function chainOf(model: LayersModel): Layer[] {
  return model.layers.flatMap((layer) => {
    if (layer.getClassName() === "InputLayer") return [];
    return "layers" in layer ? chainOf(layer as LayersModel) : [layer];
  });
}

function doubles(layer: Layer): boolean {
  const { size, interpolation } = layer.getConfig();
  return layer.getClassName() === "UpSampling2D" && String(size) === "2,2" && interpolation === "nearest";
}

function isThreeByThree(layer: Layer): boolean {
  const { kernelSize, strides, padding } = layer.getConfig();
  const plain = String(kernelSize) === "3,3" && String(strides) === "1,1" && padding === "same";
  return layer.getClassName() === "Conv2D" && plain;
}

const activations = { linear: (x: tf.Tensor) => x, relu: tf.relu, sigmoid: tf.sigmoid };

/** A convolution layer applied to a map that an upsampling would have doubled first. */
function convolved(map: tf.Tensor4D, layer: Layer): tf.Tensor {
  const [kernel, bias] = layer.trainableWeights.map((weight) => weight.read()) as [tf.Tensor4D, tf.Tensor1D];
  const activation = activations[layer.getConfig().activation as keyof typeof activations];
  return activation(tf.add(upSampledConvolution(map, kernel), bias));
}
