import { countValues, layerValues, type MapLayer, type Place, valueIndex } from "../network/layer-maps.ts";
import type { Activation } from "../network/spec.ts";
import { arithmeticOf, type WeightsByName } from "./forward.ts";
import { poolingPad } from "./receptive-field.ts";
import type { LayerArithmetic } from "./value-terms.ts";

/** The gradients of a stage's numbers (out) and of those of the stage before (into). */
interface Gradients {
  out: Float32Array;
  into: Float32Array;
}

/**
 * How one number of the network answers to every number before it: its gradient by each, from the numbers of one digit's
 * forward pass. Plain loops that skip what is 0: one pixel's gradient begins with nine products.
 * @param digit the weights, and the numbers of all stages for the digit
 * @returns a gradient for each number of all stages: 1 at the place itself, 0 for what does not come before it
 */
export function backward(
  stages: readonly MapLayer[],
  digit: { weights: WeightsByName; all: Float32Array },
  target: { stage: MapLayer; place: Place },
): Float32Array {
  const gradients = new Float32Array(countValues(stages));
  layerValues(gradients, target.stage)[valueIndex(target.stage.shape, target.place)] = 1;
  for (let index = target.stage.index; index > 0; index--) {
    const stage = stages[index] as MapLayer;
    const arithmetic = arithmeticOf(stages, stage, digit);
    const out = beforeActivation(stage, layerValues(digit.all, stage), layerValues(gradients, stage));
    pullBack(arithmetic, { out, into: layerValues(gradients, arithmetic.from) });
  }
  return gradients;
}

function pullBack(arithmetic: LayerArithmetic, gradients: Gradients): void {
  const { className } = arithmetic.stage.facts.layer;
  if (className === "Conv2D") throughConvolution(arithmetic, gradients);
  else if (className === "Dense") throughDense(arithmetic, gradients);
  else if (className === "MaxPooling2D") throughPooling(arithmetic, gradients);
  else throughUpsampling(arithmetic, gradients);
}

/** Gradients by the sums before the activation. */
function beforeActivation({ facts: { layer } }: MapLayer, values: Float32Array, gradients: Float32Array): Float32Array {
  if (!("activation" in layer) || layer.activation === "linear") return gradients;
  return gradients.map((gradient, at) => gradient * slope(layer.activation, values[at] as number));
}

/** The activation's slope where it gives `value`. ReLU's at 0 is 0, as in tfjs and TensorFlow. */
function slope(activation: Activation, value: number): number {
  if (activation === "relu") return value > 0 ? 1 : 0;
  return activation === "sigmoid" ? value * (1 - value) : 1;
}

function throughConvolution({ stage, from, kernel }: LayerArithmetic, { out, into }: Gradients): void {
  const { layer } = stage.facts;
  if (layer.className !== "Conv2D") return;
  const [, width, filters] = stage.shape;
  const [rows, columns, channels] = from.shape;
  const [kernelHeight, kernelWidth] = layer.kernelSize;
  const [top, left] = layer.padding === "same" ? [(kernelHeight - 1) >> 1, (kernelWidth - 1) >> 1] : [0, 0];
  for (let at = 0; at < out.length; at++) {
    const gradient = out[at] as number;
    if (gradient === 0) continue;
    const filter = at % filters;
    const position = (at - filter) / filters;
    for (let tap = 0; tap < kernelHeight * kernelWidth; tap++) {
      const row = Math.floor(position / width) - top + Math.floor(tap / kernelWidth);
      const column = (position % width) - left + (tap % kernelWidth);
      if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
      const first = (row * columns + column) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const weight = kernel[(tap * channels + channel) * filters + filter] as number;
        into[first + channel] = (into[first + channel] as number) + gradient * weight;
      }
    }
  }
}

function throughDense({ kernel }: LayerArithmetic, { out, into }: Gradients): void {
  for (let input = 0; input < into.length; input++) {
    let sum = 0;
    for (let unit = 0; unit < out.length; unit++) {
      sum += (out[unit] as number) * (kernel[input * out.length + unit] as number);
    }
    into[input] = sum;
  }
}

/** All of a pooled value's gradient goes to the first greatest of its window. */
function throughPooling({ stage, from, inputs }: LayerArithmetic, { out, into }: Gradients): void {
  const { layer } = stage.facts;
  if (layer.className !== "MaxPooling2D") return;
  const [, width, channels] = stage.shape;
  const [rows, columns] = from.shape;
  const [top, left] = poolingPad(stage, from);
  const [poolHeight, poolWidth] = layer.poolSize;
  for (let at = 0; at < out.length; at++) {
    if (out[at] === 0) continue;
    const channel = at % channels;
    const position = (at - channel) / channels;
    let [winner, greatest] = [-1, Number.NEGATIVE_INFINITY];
    for (let tap = 0; tap < poolHeight * poolWidth; tap++) {
      const row = Math.floor(position / width) * poolHeight - top + Math.floor(tap / poolWidth);
      const column = (position % width) * poolWidth - left + (tap % poolWidth);
      if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
      const input = (row * columns + column) * channels + channel;
      if ((inputs[input] as number) > greatest) [winner, greatest] = [input, inputs[input] as number];
    }
    into[winner] = (into[winner] as number) + (out[at] as number);
  }
}

function throughUpsampling({ stage, from }: LayerArithmetic, { out, into }: Gradients): void {
  const { layer } = stage.facts;
  if (layer.className !== "UpSampling2D") return;
  const [, width, channels] = stage.shape;
  for (let at = 0; at < out.length; at++) {
    const channel = at % channels;
    const position = (at - channel) / channels;
    const row = Math.floor(Math.floor(position / width) / layer.size[0]);
    const column = Math.floor((position % width) / layer.size[1]);
    const input = (row * from.shape[1] + column) * channels + channel;
    into[input] = (into[input] as number) + (out[at] as number);
  }
}
