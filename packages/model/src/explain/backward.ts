import { countValues, layerValues, type MapLayer, type Place, valueIndex } from "../network/layer-maps.ts";
import type { Activation } from "../network/spec.ts";
import { forEachTap, type Window, windowOf } from "../network/window.ts";
import { arithmeticOf, type DigitValues, type LayerArithmetic } from "./forward.ts";

/** The gradients of a layer's numbers (out) and of those of the layer before (into). */
interface Gradients {
  out: Float32Array;
  into: Float32Array;
}

/**
 * How one number of the network answers to every number before it: its gradient by each, from the numbers of one digit's
 * forward pass. Plain loops that skip what is 0: one pixel's gradient begins with nine products.
 * @returns a gradient for each number of all layers: 1 at the place itself, 0 for what does not come before it
 */
export function backward(
  layers: readonly MapLayer[],
  digit: DigitValues,
  target: { layer: MapLayer; place: Place },
): Float32Array {
  const gradients = new Float32Array(countValues(layers));
  layerValues(gradients, target.layer)[valueIndex(target.layer.shape, target.place)] = 1;
  for (let index = target.layer.index; index > 0; index--) {
    const layer = layers[index] as MapLayer;
    const arithmetic = arithmeticOf(layers, layer, digit);
    const out = beforeActivation(layer, layerValues(digit.values, layer), layerValues(gradients, layer));
    pullBack(arithmetic, { out, into: layerValues(gradients, arithmetic.from) });
  }
  return gradients;
}

/** Gradients by the sums before the activation. */
function beforeActivation({ spec }: MapLayer, values: Float32Array, gradients: Float32Array): Float32Array {
  if (!("activation" in spec) || spec.activation === "linear") return gradients;
  return gradients.map((gradient, at) => gradient * slope(spec.activation, values[at] as number));
}

/** The activation's slope where it gives `value`. ReLU's at 0 is 0, as in tfjs and TensorFlow. */
function slope(activation: Activation, value: number): number {
  if (activation === "relu") return value > 0 ? 1 : 0;
  return activation === "sigmoid" ? value * (1 - value) : 1;
}

function pullBack(arithmetic: LayerArithmetic, gradients: Gradients): void {
  const { layer, from } = arithmetic;
  if (layer.spec.className === "Dense") {
    throughDense(arithmetic, gradients);
    return;
  }
  const window = windowOf(layer.spec, from.shape);
  if (!window) throw new Error(`${layer.name}: expected a layer that computes but got a ${layer.spec.className}`);
  if (layer.spec.className === "Conv2D") throughConvolution(arithmetic, window, gradients);
  else throughGreatest(arithmetic, window, gradients);
}

function throughConvolution({ layer, from, kernel }: LayerArithmetic, window: Window, { out, into }: Gradients): void {
  const [, width, filters] = layer.shape;
  const channels = from.shape[2];
  for (let at = 0; at < out.length; at++) {
    const gradient = out[at] as number;
    if (gradient === 0) continue;
    const filter = at % filters;
    const position = (at - filter) / filters;
    forEachTap(window, { row: Math.floor(position / width), column: position % width }, (tap, read) => {
      for (let channel = 0; channel < channels; channel++) {
        const input = read * channels + channel;
        const weight = kernel[(tap * channels + channel) * filters + filter] as number;
        into[input] = (into[input] as number) + gradient * weight;
      }
    });
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

/** All of a pooled value's gradient goes to the first greatest of its window; a copied value's to the one that it copies. */
function throughGreatest({ layer, inputs }: LayerArithmetic, window: Window, { out, into }: Gradients): void {
  const [, width, channels] = layer.shape;
  for (let at = 0; at < out.length; at++) {
    if (out[at] === 0) continue;
    const channel = at % channels;
    const position = (at - channel) / channels;
    let [winner, greatest] = [-1, Number.NEGATIVE_INFINITY];
    forEachTap(window, { row: Math.floor(position / width), column: position % width }, (_, read) => {
      const input = read * channels + channel;
      if ((inputs[input] as number) > greatest) [winner, greatest] = [input, inputs[input] as number];
    });
    into[winner] = (into[winner] as number) + (out[at] as number);
  }
}
