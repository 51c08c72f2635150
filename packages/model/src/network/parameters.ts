import { layerShapes, type Shape, sizeOf } from "./shapes.ts";
import type { LayerSpec, ModelSpec } from "./spec.ts";

/** One trainable tensor of a layer. Layouts are Keras's and tfjs's: conv kernels HWIO, dense kernels [in, out]. */
export interface WeightShape {
  /** "kernel" or "bias", as Keras calls them. */
  name: "kernel" | "bias";
  shape: Shape;
}

/** What can be counted about one layer without running it, for one example. */
export interface LayerSizes {
  layer: LayerSpec;
  /** Shape of what it reads; an InputLayer's is its own. */
  input: Shape;
  output: Shape;
  /** Numbers in its output. */
  values: number;
  weights: WeightShape[];
  parameters: number;
  /** `(3·3·1 + 1)·32`, or "" without parameters. */
  formula: string;
  /** Products summed, padding zeros included, as other tools count them; biases are not counted. */
  multiplyAdds: number;
  /** Positions at which each weight of the kernel is used (0 without weights). */
  usesOfEachWeight: number;
  /** Products in one output value before its bias (pooling: values compared; a copy: 1). */
  terms: number;
}

/** The trainable tensors of a layer that reads `input`: kernel first, then bias; none for layers that do not learn. */
export function weightShapes(layer: LayerSpec, input: Shape): WeightShape[] {
  const channels = input.at(-1) as number;
  switch (layer.className) {
    case "Conv2D":
      return [
        { name: "kernel", shape: [...layer.kernelSize, channels, layer.filters] },
        { name: "bias", shape: [layer.filters] },
      ];
    case "Dense":
      return [
        { name: "kernel", shape: [channels, layer.units] },
        { name: "bias", shape: [layer.units] },
      ];
    default:
      return [];
  }
}

/** Every layer of a model with its shapes and counts, in order. */
export function layerSizes(model: ModelSpec): LayerSizes[] {
  const shapes = layerShapes(model);
  return model.layers.map((layer, index) => {
    const output = shapes[index] as Shape;
    const input = shapes[index - 1] ?? output;
    const weights = weightShapes(layer, input);
    const kernel = weights[0];
    const values = sizeOf(output);
    // A kernel is used once at every position of the output; a Dense layer has one position.
    const positions = kernel ? values / (output.at(-1) as number) : 0;
    return {
      layer,
      input,
      output,
      values,
      weights,
      parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
      formula: kernel ? formula(kernel.shape) : "",
      multiplyAdds: kernel ? sizeOf(kernel.shape) * positions : 0,
      usesOfEachWeight: positions,
      terms: terms(layer, kernel),
    };
  });
}

/** Trainable parameters of a model. */
export function countParameters(model: ModelSpec): number {
  return layerSizes(model).reduce((sum, layer) => sum + layer.parameters, 0);
}

/** Multiply-adds of a model for one example. */
export function countMultiplyAdds(model: ModelSpec): number {
  return layerSizes(model).reduce((sum, layer) => sum + layer.multiplyAdds, 0);
}

function formula(kernel: Shape): string {
  const inputs = kernel.slice(0, -1).join("·");
  return `(${inputs} + 1)·${kernel.at(-1)}`;
}

function terms(layer: LayerSpec, kernel: WeightShape | undefined): number {
  if (kernel) return sizeOf(kernel.shape.slice(0, -1));
  if (layer.className === "MaxPooling2D") return layer.poolSize[0] * layer.poolSize[1];
  return layer.className === "InputLayer" ? 0 : 1;
}
