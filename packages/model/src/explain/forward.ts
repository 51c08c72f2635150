import { countValues, layerValues, type MapLayer } from "../network/layer-maps.ts";
import type { Activation } from "../network/spec.ts";
import { forEachTap, type Window, windowOf } from "../network/window.ts";

/** A network's weights by name: `conv2d/kernel`, `conv2d/bias`; conv kernels HWIO, dense kernels [in, out]. */
export type WeightsByName = ReadonlyMap<string, Float32Array>;

/** What a network holds for one digit. */
export interface DigitValues {
  weights: WeightsByName;
  /** The numbers of all layers, layer after layer. */
  values: Float32Array;
}

/** A layer with what it computes from: the layer before it, that layer's numbers, and its own weights. */
export interface LayerArithmetic {
  readonly layer: MapLayer;
  readonly from: MapLayer;
  /** The numbers of `from` for one digit. */
  readonly inputs: Float32Array;
  /** Conv kernels HWIO, dense kernels [in, out], as Keras has them; empty without weights. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * One digit through the whole network in plain loops, without tfjs: what a server shows before any script runs, and what
 * the tests hold the fast ways against. Its 9.9 million multiply-adds take some tens of milliseconds.
 * @param pixels as many as the input layer has, in [0, 1]
 * @returns all numbers of all layers, layer after layer
 */
export function forward(layers: readonly MapLayer[], weights: WeightsByName, pixels: Float32Array): Float32Array {
  return through(layers, { weights, pixels, pool: takeGreatest });
}

/** The bends of a network: what keeps it from being one weighted sum. */
export interface Bends {
  /** Layers whose activation is left out. */
  straight: readonly string[];
  /** Whether pooling takes each window's mean, which is a weighted sum, and not its greatest value. */
  averaged: boolean;
}

/**
 * One digit through the network with some of its bends taken away, its weights as they are. Without any bend the numbers
 * before the last activation are a matrix times the pixels, and a constant.
 * @returns all numbers of all layers, as `forward`
 */
export function forwardWithout(
  { straight, averaged }: Bends,
  layers: readonly MapLayer[],
  digit: { weights: WeightsByName; pixels: Float32Array },
): Float32Array {
  const straightened = layers.map((layer): MapLayer => {
    const { spec } = layer;
    if (!("activation" in spec) || !straight.includes(layer.name)) return layer;
    return { ...layer, spec: { ...spec, activation: "linear" } };
  });
  return through(straightened, { ...digit, pool: averaged ? takeMean : takeGreatest });
}

function through(
  layers: readonly MapLayer[],
  { weights, pixels, pool }: { weights: WeightsByName; pixels: Float32Array; pool: Pool },
): Float32Array {
  const values = new Float32Array(countValues(layers));
  values.set(pixels);
  for (const layer of layers.slice(1)) {
    compute(arithmeticOf(layers, layer, { weights, values }), layerValues(values, layer), pool);
  }
  return values;
}

/**
 * The picture that the decoder paints from a code, in the same plain loops.
 * @param latent as many numbers as the code has
 * @returns as many pixels as the output layer has
 */
export function paint(layers: readonly MapLayer[], weights: WeightsByName, latent: Float32Array): Float32Array {
  const code = layers.findIndex(({ part }) => part === "code");
  const values = new Float32Array(countValues(layers));
  layerValues(values, layers[code] as MapLayer).set(latent);
  for (const layer of layers.slice(code + 1)) {
    compute(arithmeticOf(layers, layer, { weights, values }), layerValues(values, layer));
  }
  return layerValues(values, layers.at(-1) as MapLayer).slice();
}

/** What one layer computes from, for a digit. */
export function arithmeticOf(
  layers: readonly MapLayer[],
  layer: MapLayer,
  { weights, values }: DigitValues,
): LayerArithmetic {
  const from = layers[Math.max(0, layer.index - 1)] as MapLayer;
  const weight = (name: string) => weights.get(`${layer.name}/${name}`) ?? new Float32Array(0);
  return { layer, from, inputs: layerValues(values, from), kernel: weight("kernel"), bias: weight("bias") };
}

/** What an activation makes of a sum. */
export function activate(activation: Activation, sum: number): number {
  if (activation === "relu") return Math.max(0, sum);
  return activation === "sigmoid" ? sigmoid(sum) : sum;
}

/** Any number squeezed between 0 and 1; `logit` undoes it. */
export function sigmoid(sum: number): number {
  return 1 / (1 + Math.exp(-sum));
}

/** What becomes of each window without weights: a pool's, or the one value that upsampling copies. */
type Pool = (arithmetic: LayerArithmetic, window: Window, output: Float32Array) => void;

function compute(arithmetic: LayerArithmetic, output: Float32Array, pool: Pool = takeGreatest): void {
  const { layer, from } = arithmetic;
  const { spec } = layer;
  if (spec.className === "Dense") {
    multiply(arithmetic, spec.activation, output);
    return;
  }
  const window = windowOf(spec, from.shape);
  if (!window) throw new Error(`${layer.name}: expected a layer that computes but got a ${spec.className}`);
  if (spec.className === "Conv2D") convolve(arithmetic, { window, activation: spec.activation }, output);
  else pool(arithmetic, window, output);
}

function convolve(
  { layer, from, inputs, kernel, bias }: LayerArithmetic,
  { window, activation }: { window: Window; activation: Activation },
  output: Float32Array,
): void {
  const [height, width, filters] = layer.shape;
  const channels = from.shape[2];
  const sums = new Float64Array(filters);
  for (let at = 0; at < height * width; at++) {
    sums.set(bias);
    forEachTap(window, { row: Math.floor(at / width), column: at % width }, (tap, position) => {
      const read = inputs.subarray(position * channels, (position + 1) * channels);
      addProducts(sums, read, { kernel, first: tap * channels * filters });
    });
    finish(sums, activation, output.subarray(at * filters, (at + 1) * filters));
  }
}

function multiply({ inputs, kernel, bias }: LayerArithmetic, activation: Activation, output: Float32Array): void {
  const sums = Float64Array.from(bias);
  addProducts(sums, inputs, { kernel, first: 0 });
  finish(sums, activation, output);
}

/** Adds inputs × kernel to the sums; the kernel's rows start at `first`, one row of `sums.length` weights an input. */
function addProducts(
  sums: Float64Array,
  inputs: Float32Array,
  { kernel, first }: { kernel: Float32Array; first: number },
): void {
  for (let input = 0; input < inputs.length; input++) {
    const value = inputs[input] as number;
    if (value === 0) continue;
    const row = first + input * sums.length;
    for (let unit = 0; unit < sums.length; unit++) {
      sums[unit] = (sums[unit] as number) + value * (kernel[row + unit] as number);
    }
  }
}

function finish(sums: Float64Array, activation: Activation, output: Float32Array): void {
  for (let unit = 0; unit < sums.length; unit++) output[unit] = activate(activation, sums[unit] as number);
}

/** The greatest value of each window, channel by channel. */
function takeGreatest({ layer, inputs }: LayerArithmetic, window: Window, output: Float32Array): void {
  const [height, width, channels] = layer.shape;
  output.fill(Number.NEGATIVE_INFINITY);
  for (let at = 0; at < height * width; at++) {
    forEachTap(window, { row: Math.floor(at / width), column: at % width }, (_, position) => {
      for (let channel = 0; channel < channels; channel++) {
        const index = at * channels + channel;
        output[index] = Math.max(output[index] as number, inputs[position * channels + channel] as number);
      }
    });
  }
}

/** The mean of each window, channel by channel. */
function takeMean({ layer, inputs }: LayerArithmetic, window: Window, output: Float32Array): void {
  const [height, width, channels] = layer.shape;
  for (let at = 0; at < height * width; at++) {
    const sums = new Float64Array(channels);
    let count = 0;
    forEachTap(window, { row: Math.floor(at / width), column: at % width }, (_, position) => {
      count++;
      for (let channel = 0; channel < channels; channel++) {
        sums[channel] = (sums[channel] as number) + (inputs[position * channels + channel] as number);
      }
    });
    output.set(
      sums.map((sum) => sum / count),
      at * channels,
    );
  }
}
