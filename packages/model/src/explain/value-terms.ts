import { type MapLayer, type Place, valueIndex } from "../network/layer-maps.ts";
import type { Activation } from "../network/spec.ts";
import { poolingPad } from "./receptive-field.ts";

/** A stage with what it computes from: the stage before it, that stage's numbers, and its own weights. */
export interface LayerArithmetic {
  readonly stage: MapLayer;
  readonly from: MapLayer;
  /** The numbers of `from` for one digit. */
  readonly inputs: Float32Array;
  /** Conv kernels HWIO, dense kernels [in, out], as Keras has them; empty without weights. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Products that belong together: those of one input channel, of one position, or the one of a latent value. */
export interface TermGroup {
  /** The input channel; undefined where a group is a position. */
  readonly channel: number | undefined;
  /** The position, where a group is one. */
  readonly row: number | undefined;
  readonly column: number | undefined;
  /** Values read, and the weight of each; padding reads 0. */
  readonly inputs: Float32Array;
  readonly weights: Float32Array;
  /** Sum of inputs × weights, in float64. */
  readonly subtotal: number;
}

/** A value as a sum: the groups, the bias, and what the activation makes of them. */
export interface SumTerms {
  readonly kind: "sum";
  /** What a group stands for: a channel's window, a position's channels, or one value of a vector. */
  readonly by: "channel" | "position" | "value";
  /** Window of a channel's group: height and width, and its first row and column in the input (−1 is padding). */
  readonly window: { readonly height: number; readonly width: number; readonly top: number; readonly left: number };
  readonly groups: readonly TermGroup[];
  readonly bias: number;
  /** Subtotals and bias together: the value before the activation. */
  readonly sum: number;
  readonly activation: Activation;
  readonly value: number;
}

/** A pooled value: the values compared, and the first greatest of them. */
export interface PoolTerms {
  readonly kind: "pool";
  readonly candidates: readonly { readonly row: number; readonly column: number; readonly value: number }[];
  readonly winner: number;
  readonly value: number;
}

/** A copied value, and every place that holds the same copy. */
export interface CopyTerms {
  readonly kind: "copy";
  readonly from: Place;
  readonly copies: readonly { readonly row: number; readonly column: number }[];
  readonly value: number;
}

/** A pixel of the input: computed from nothing. */
export interface InputTerms {
  readonly kind: "input";
  readonly value: number;
}

export type ValueTerms = SumTerms | PoolTerms | CopyTerms | InputTerms;

/** Every term of one value of a stage, so that the value can be computed again by hand. */
export function valueTerms(arithmetic: LayerArithmetic, place: Place): ValueTerms {
  const { stage, from, inputs } = arithmetic;
  switch (stage.facts.layer.className) {
    case "Conv2D":
      return convolutionTerms(arithmetic, place);
    case "Dense":
      return denseTerms(arithmetic, place);
    case "MaxPooling2D":
      return poolTerms(arithmetic, place);
    case "UpSampling2D":
      return copyTerms(arithmetic, place);
    default:
      return { kind: "input", value: inputs[valueIndex(from.shape, place)] as number };
  }
}

/** What an activation makes of a sum. */
export function activate(activation: Activation, sum: number): number {
  if (activation === "relu") return Math.max(0, sum);
  return activation === "sigmoid" ? 1 / (1 + Math.exp(-sum)) : sum;
}

function convolutionTerms({ stage, from, inputs, kernel, bias }: LayerArithmetic, place: Place): SumTerms {
  const { layer } = stage.facts;
  if (layer.className !== "Conv2D") throw new Error(`${stage.name}: expected a Conv2D but got a ${layer.className}`);
  const [height, width] = layer.kernelSize;
  const [rows, columns, channels] = from.shape;
  const same = layer.padding === "same";
  const top = place.row - (same ? Math.floor((height - 1) / 2) : 0);
  const left = place.column - (same ? Math.floor((width - 1) / 2) : 0);
  const groups = Array.from({ length: channels }, (_, channel) => {
    const read = new Float32Array(height * width);
    const weights = new Float32Array(height * width);
    for (let at = 0; at < read.length; at++) {
      const [row, column] = [top + Math.floor(at / width), left + (at % width)];
      if (row >= 0 && row < rows && column >= 0 && column < columns) {
        read[at] = inputs[valueIndex(from.shape, { row, column, channel })] as number;
      }
      weights[at] = kernel[(at * channels + channel) * layer.filters + place.channel] as number;
    }
    return group(read, weights, { channel });
  });
  const window = { height, width, top, left };
  return summed(groups, { by: "channel", window, bias: bias[place.channel] as number, activation: layer.activation });
}

function denseTerms({ stage, from, inputs, kernel, bias }: LayerArithmetic, place: Place): SumTerms {
  const { layer } = stage.facts;
  if (layer.className !== "Dense") throw new Error(`${stage.name}: expected a Dense but got a ${layer.className}`);
  const unit = valueIndex(stage.shape, place);
  const [rows, columns, channels] = from.shape;
  const vector = rows * columns === 1;
  const each = vector ? 1 : channels; // a vector's group is one value, a map's group one position
  const groups = Array.from({ length: inputs.length / each }, (_, at) => {
    const first = at * each;
    const read = inputs.slice(first, first + each);
    const weights = Float32Array.from(
      { length: each },
      (_, step) => kernel[(first + step) * layer.units + unit] as number,
    );
    return group(read, weights, vector ? { channel: at } : { row: Math.floor(at / columns), column: at % columns });
  });
  const by = vector ? "value" : "position";
  const window = { height: 1, width: each, top: 0, left: 0 };
  return summed(groups, { by, window, bias: bias[unit] as number, activation: layer.activation });
}

function poolTerms({ stage, from, inputs }: LayerArithmetic, { row, column, channel }: Place): PoolTerms {
  const { layer } = stage.facts;
  if (layer.className !== "MaxPooling2D") throw new Error(`${stage.name}: expected a MaxPooling2D`);
  const [height, width] = layer.poolSize;
  const [top, left] = poolingPad(stage, from);
  const candidates: PoolTerms["candidates"][number][] = [];
  for (let at = 0; at < height * width; at++) {
    const place = { row: row * height - top + Math.floor(at / width), column: column * width - left + (at % width) };
    if (place.row < 0 || place.row >= from.shape[0] || place.column < 0 || place.column >= from.shape[1]) continue;
    candidates.push({ ...place, value: inputs[valueIndex(from.shape, { ...place, channel })] as number });
  }
  const value = Math.max(...candidates.map((candidate) => candidate.value));
  return { kind: "pool", candidates, winner: candidates.findIndex((candidate) => candidate.value === value), value };
}

function copyTerms({ stage, from, inputs }: LayerArithmetic, { row, column, channel }: Place): CopyTerms {
  const { layer } = stage.facts;
  if (layer.className !== "UpSampling2D") throw new Error(`${stage.name}: expected an UpSampling2D`);
  const [height, width] = layer.size;
  const source = { row: Math.floor(row / height), column: Math.floor(column / width), channel };
  const copies = Array.from({ length: height * width }, (_, at) => ({
    row: source.row * height + Math.floor(at / width),
    column: source.column * width + (at % width),
  }));
  return { kind: "copy", from: source, copies, value: inputs[valueIndex(from.shape, source)] as number };
}

function group(
  inputs: Float32Array,
  weights: Float32Array,
  { channel, row, column }: { channel?: number; row?: number; column?: number },
): TermGroup {
  let subtotal = 0;
  for (let at = 0; at < inputs.length; at++) subtotal += (inputs[at] as number) * (weights[at] as number);
  return { channel, row, column, inputs, weights, subtotal };
}

function summed(groups: TermGroup[], rest: Pick<SumTerms, "by" | "window" | "bias" | "activation">): SumTerms {
  const sum = groups.reduce((total, { subtotal }) => total + subtotal, rest.bias);
  return { kind: "sum", ...rest, groups, sum, value: activate(rest.activation, sum) };
}
