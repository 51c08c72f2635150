import { type Place, valueIndex } from "../network/layer-maps.ts";
import type { Activation } from "../network/spec.ts";
import { forEachTap, type Window, windowOf, windowStart } from "../network/window.ts";
import { activate, type LayerArithmetic } from "./forward.ts";

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

/** Every term of one value of a layer, so that the value can be computed again by hand. */
export function valueTerms(arithmetic: LayerArithmetic, place: Place): ValueTerms {
  const { layer, from, inputs } = arithmetic;
  switch (layer.spec.className) {
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

function convolutionTerms({ layer, from, inputs, kernel, bias }: LayerArithmetic, place: Place): SumTerms {
  const { spec } = layer;
  if (spec.className !== "Conv2D") throw new Error(`${layer.name}: expected a Conv2D but got a ${spec.className}`);
  const [height, width] = spec.kernelSize;
  const channels = from.shape[2];
  const slides = windowOf(spec, from.shape) as Window;
  const groups = Array.from({ length: channels }, (_, channel) => {
    const read = new Float32Array(height * width);
    forEachTap(slides, place, (tap, position) => {
      read[tap] = inputs[position * channels + channel] as number;
    });
    const weights = read.map((_, tap) => kernel[(tap * channels + channel) * spec.filters + place.channel] as number);
    return group(read, weights, { channel });
  });
  const window = {
    height,
    width,
    top: windowStart(slides.rows, place.row),
    left: windowStart(slides.columns, place.column),
  };
  return summed(groups, { by: "channel", window, bias: bias[place.channel] as number, activation: spec.activation });
}

function denseTerms({ layer, from, inputs, kernel, bias }: LayerArithmetic, place: Place): SumTerms {
  const { spec } = layer;
  if (spec.className !== "Dense") throw new Error(`${layer.name}: expected a Dense but got a ${spec.className}`);
  const unit = valueIndex(layer.shape, place);
  const [rows, columns, channels] = from.shape;
  const vector = rows * columns === 1;
  const each = vector ? 1 : channels; // a vector's group is one value, a map's group one position
  const groups = Array.from({ length: inputs.length / each }, (_, at) => {
    const first = at * each;
    const read = inputs.slice(first, first + each);
    const weights = Float32Array.from(
      { length: each },
      (_, step) => kernel[(first + step) * spec.units + unit] as number,
    );
    return group(read, weights, vector ? { channel: at } : { row: Math.floor(at / columns), column: at % columns });
  });
  const by = vector ? "value" : "position";
  const window = { height: 1, width: each, top: 0, left: 0 };
  return summed(groups, { by, window, bias: bias[unit] as number, activation: spec.activation });
}

function poolTerms({ layer, from, inputs }: LayerArithmetic, place: Place): PoolTerms {
  const [, columns, channels] = from.shape;
  const candidates: PoolTerms["candidates"][number][] = [];
  forEachTap(windowOf(layer.spec, from.shape) as Window, place, (_, position) => {
    const value = inputs[position * channels + place.channel] as number;
    candidates.push({ row: Math.floor(position / columns), column: position % columns, value });
  });
  const value = Math.max(...candidates.map((candidate) => candidate.value));
  return { kind: "pool", candidates, winner: candidates.findIndex((candidate) => candidate.value === value), value };
}

function copyTerms({ layer, from, inputs }: LayerArithmetic, { row, column, channel }: Place): CopyTerms {
  const { rows, columns } = windowOf(layer.spec, from.shape) as Window;
  const copied = { row: windowStart(rows, row), column: windowStart(columns, column), channel };
  const copies = Array.from({ length: rows.repeat * columns.repeat }, (_, at) => ({
    row: copied.row * rows.repeat + Math.floor(at / columns.repeat),
    column: copied.column * columns.repeat + (at % columns.repeat),
  }));
  return { kind: "copy", from: copied, copies, value: inputs[valueIndex(from.shape, copied)] as number };
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
