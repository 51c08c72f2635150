import type { MapLayer } from "../network/layer-maps.ts";
import { forEachTap, type Window, windowOf } from "../network/window.ts";
import type { LayerArithmetic } from "./forward.ts";

/** One channel of the layer before, as it feeds a feature map. */
export interface MapInput {
  readonly channel: number;
  /** Sum of its contributions over the whole map, signed. */
  readonly total: number;
  /** Mean size of its contribution to one value of the map, signs aside: what the inputs are sorted by. */
  readonly meanSize: number;
  /** Its weights for this map, row-major: 3 × 3 for a convolution; for a Dense layer one weight for each position. */
  readonly kernel: WeightPicture;
}

export interface WeightPicture {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** A feature map taken apart: the sums before its activation, and what each input channel adds to them. */
export interface MapInputs {
  /** [height × width] of the map. */
  readonly preActivation: Float32Array;
  /** One bias for the whole map, or, of a Dense layer, one for each of its positions. */
  readonly biases: Float32Array;
  /** Largest contribution first. */
  readonly inputs: readonly MapInput[];
}

/** What feeds one feature map of a layer that sums; undefined for pooling, upsampling and the input, which sum nothing. */
export function mapInputs(arithmetic: LayerArithmetic, map: number): MapInputs | undefined {
  const { layer, from, bias } = arithmetic;
  const { className } = layer.spec;
  if (className !== "Conv2D" && className !== "Dense") return undefined;
  const [height, width, channels] = layer.shape;
  const biases =
    className === "Conv2D"
      ? Float32Array.of(bias[map] as number)
      : Float32Array.from({ length: height * width }, (_, at) => bias[at * channels + map] as number);
  const sums = Float64Array.from({ length: height * width }, (_, at) => biases[at % biases.length] as number);
  const contributionOf = className === "Conv2D" ? convolved : multiplied;
  const inputs = Array.from({ length: from.shape[2] }, (_, channel): MapInput => {
    const contribution = contributionOf(arithmetic, map, channel);
    let [total, size] = [0, 0];
    contribution.forEach((value, at) => {
      sums[at] = (sums[at] as number) + value;
      total += value;
      size += Math.abs(value);
    });
    return { channel, total, meanSize: size / contribution.length, kernel: kernelPicture(arithmetic, map, channel) };
  });
  inputs.sort((a, b) => b.meanSize - a.meanSize);
  return { preActivation: Float32Array.from(sums), biases, inputs };
}

/** What one input channel adds to every position of a convolution's map. */
function convolved(arithmetic: LayerArithmetic, map: number, channel: number): Float64Array {
  const { layer, from, inputs } = arithmetic;
  const [height, width] = layer.shape;
  const channels = from.shape[2];
  const kernel = convolutionKernel(arithmetic, map, channel).values;
  const window = windowOf(layer.spec, from.shape) as Window;
  return Float64Array.from({ length: height * width }, (_, at) => {
    let sum = 0;
    forEachTap(window, { row: Math.floor(at / width), column: at % width }, (tap, position) => {
      sum += (inputs[position * channels + channel] as number) * (kernel[tap] as number);
    });
    return sum;
  });
}

/** What one input channel adds to every position of a Dense layer's map. */
function multiplied({ layer, from, inputs, kernel }: LayerArithmetic, map: number, channel: number): Float64Array {
  const [height, width, maps] = layer.shape;
  const channels = from.shape[2];
  const sums = new Float64Array(height * width);
  for (let at = 0; at < sums.length; at++) {
    for (let input = channel; input < inputs.length; input += channels) {
      const weight = kernel[input * layer.values + at * maps + map] as number;
      sums[at] = (sums[at] as number) + (inputs[input] as number) * weight;
    }
  }
  return sums;
}

/** The weights by which one input channel feeds one map, of a layer that sums. */
export function kernelPicture(weights: LayerWeights, map: number, channel: number): WeightPicture {
  return weights.layer.spec.className === "Conv2D"
    ? convolutionKernel(weights, map, channel)
    : denseKernel(weights, map, channel);
}

/** A layer's kernel as its file has it, with the layers that it stands between. */
export type LayerWeights = Pick<LayerArithmetic, "layer" | "from" | "kernel">;

function convolutionKernel({ layer, from, kernel }: LayerWeights, map: number, channel: number): WeightPicture {
  const [height, width] = layer.spec.className === "Conv2D" ? layer.spec.kernelSize : [1, 1];
  const channels = from.shape[2];
  const filters = layer.shape[2];
  const values = Float32Array.from(
    { length: height * width },
    (_, at) => kernel[(at * channels + channel) * filters + map] as number,
  );
  return { height, width, values };
}

/** Weights by position: of the input where it has positions, else of the map that they make. */
function denseKernel({ layer, from, kernel }: LayerWeights, map: number, channel: number): WeightPicture {
  const reads = positions(from) > 1;
  const [height, width] = reads ? from.shape : layer.shape;
  const values = Float32Array.from({ length: height * width }, (_, at) => {
    const input = reads ? at * from.shape[2] + channel : channel;
    const unit = reads ? map : at * layer.shape[2] + map;
    return kernel[input * layer.values + unit] as number;
  });
  return { height, width, values };
}

function positions({ shape: [height, width] }: MapLayer): number {
  return height * width;
}
