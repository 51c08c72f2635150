import type { MapLayer } from "../network/layer-maps.ts";
import type { LayerArithmetic } from "./value-terms.ts";

/** One channel of the stage before, as it feeds a feature map. */
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

/** What feeds one feature map of a stage that sums; undefined for pooling, upsampling and the input, which sum nothing. */
export function mapInputs(arithmetic: LayerArithmetic, map: number): MapInputs | undefined {
  const { stage, from, bias } = arithmetic;
  const { layer } = stage.facts;
  if (layer.className !== "Conv2D" && layer.className !== "Dense") return undefined;
  const [height, width, channels] = stage.shape;
  const biases =
    layer.className === "Conv2D"
      ? Float32Array.of(bias[map] as number)
      : Float32Array.from({ length: height * width }, (_, at) => bias[at * channels + map] as number);
  const sums = Float64Array.from({ length: height * width }, (_, at) => biases[at % biases.length] as number);
  const contributionOf = layer.className === "Conv2D" ? convolved : multiplied;
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
  const { stage, from, inputs } = arithmetic;
  const [height, width] = stage.shape;
  const [rows, columns, channels] = from.shape;
  const kernel = convolutionKernel(arithmetic, map, channel);
  const { layer } = stage.facts;
  const same = layer.className === "Conv2D" && layer.padding === "same";
  const top = same ? Math.floor((kernel.height - 1) / 2) : 0;
  const left = same ? Math.floor((kernel.width - 1) / 2) : 0;
  const sums = new Float64Array(height * width);
  for (let at = 0; at < sums.length; at++) {
    const [row, column] = [Math.floor(at / width) - top, (at % width) - left];
    let sum = 0;
    for (let y = Math.max(0, -row); y < kernel.height && row + y < rows; y++) {
      for (let x = Math.max(0, -column); x < kernel.width && column + x < columns; x++) {
        const input = inputs[((row + y) * columns + column + x) * channels + channel] as number;
        sum += input * (kernel.values[y * kernel.width + x] as number);
      }
    }
    sums[at] = sum;
  }
  return sums;
}

/** What one input channel adds to every position of a Dense layer's map. */
function multiplied({ stage, from, inputs, kernel }: LayerArithmetic, map: number, channel: number): Float64Array {
  const [height, width, maps] = stage.shape;
  const channels = from.shape[2];
  const sums = new Float64Array(height * width);
  for (let at = 0; at < sums.length; at++) {
    for (let input = channel; input < inputs.length; input += channels) {
      const weight = kernel[input * stage.values + at * maps + map] as number;
      sums[at] = (sums[at] as number) + (inputs[input] as number) * weight;
    }
  }
  return sums;
}

/** The weights by which one input channel feeds one map, of a layer that sums. */
export function kernelPicture(weights: LayerWeights, map: number, channel: number): WeightPicture {
  return weights.stage.facts.layer.className === "Conv2D"
    ? convolutionKernel(weights, map, channel)
    : denseKernel(weights, map, channel);
}

/** A layer's kernel as its file has it, with the stages that it stands between. */
export type LayerWeights = Pick<LayerArithmetic, "stage" | "from" | "kernel">;

function convolutionKernel({ stage, from, kernel }: LayerWeights, map: number, channel: number): WeightPicture {
  const { layer } = stage.facts;
  const [height, width] = layer.className === "Conv2D" ? layer.kernelSize : [1, 1];
  const [, , channels] = from.shape;
  const filters = stage.shape[2];
  const values = Float32Array.from(
    { length: height * width },
    (_, at) => kernel[(at * channels + channel) * filters + map] as number,
  );
  return { height, width, values };
}

/** Weights by position: of the input where it has positions, else of the map that they make. */
function denseKernel({ stage, from, kernel }: LayerWeights, map: number, channel: number): WeightPicture {
  const reads = positions(from) > 1;
  const [height, width] = reads ? from.shape : stage.shape;
  const values = Float32Array.from({ length: height * width }, (_, at) => {
    const input = reads ? at * from.shape[2] + channel : channel;
    const unit = reads ? map : at * stage.shape[2] + map;
    return kernel[input * stage.values + unit] as number;
  });
  return { height, width, values };
}

function positions({ shape: [height, width] }: MapLayer): number {
  return height * width;
}
