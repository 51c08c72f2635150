import { countValues, layerValues, type MapLayer } from "../network/layer-maps.ts";
import type { Activation } from "../network/spec.ts";
import { poolingPad } from "./receptive-field.ts";
import { activate, type LayerArithmetic } from "./value-terms.ts";

/** A network's weights by name: `conv2d/kernel`, `conv2d/bias`; conv kernels HWIO, dense kernels [in, out]. */
export type WeightsByName = ReadonlyMap<string, Float32Array>;

/**
 * One digit through the whole network in plain loops, without tfjs: what a server shows before any script runs, and what
 * the tests hold the fast ways against. Its 9.9 million multiply-adds take some tens of milliseconds.
 * @param pixels as many as the input stage has, in [0, 1]
 * @returns all numbers of all stages, stage after stage
 */
export function forward(stages: readonly MapLayer[], weights: WeightsByName, pixels: Float32Array): Float32Array {
  const all = new Float32Array(countValues(stages));
  all.set(pixels);
  for (const stage of stages.slice(1)) step(arithmeticOf(stages, stage, { weights, all }), layerValues(all, stage));
  return all;
}

/** A stage with what it computes from. `all`: the numbers of all stages for one digit. */
export function arithmeticOf(
  stages: readonly MapLayer[],
  stage: MapLayer,
  { weights, all }: { weights: WeightsByName; all: Float32Array },
): LayerArithmetic {
  const from = stages[Math.max(0, stage.index - 1)] as MapLayer;
  const weight = (name: string) => weights.get(`${stage.name}/${name}`) ?? new Float32Array(0);
  return { stage, from, inputs: layerValues(all, from), kernel: weight("kernel"), bias: weight("bias") };
}

function step(arithmetic: LayerArithmetic, output: Float32Array): void {
  const { className } = arithmetic.stage.facts.layer;
  if (className === "Conv2D") convolve(arithmetic, output);
  else if (className === "Dense") multiply(arithmetic, output);
  else if (className === "MaxPooling2D") pool(arithmetic, output);
  else upsample(arithmetic, output);
}

function convolve({ stage, from, inputs, kernel, bias }: LayerArithmetic, output: Float32Array): void {
  const { layer } = stage.facts;
  if (layer.className !== "Conv2D") return;
  const [height, width, filters] = stage.shape;
  const [rows, columns, channels] = from.shape;
  const [kernelHeight, kernelWidth] = layer.kernelSize;
  const [top, left] = layer.padding === "same" ? [(kernelHeight - 1) >> 1, (kernelWidth - 1) >> 1] : [0, 0];
  const sums = new Float64Array(filters);
  for (let at = 0; at < height * width; at++) {
    sums.set(bias);
    for (let tap = 0; tap < kernelHeight * kernelWidth; tap++) {
      const row = Math.floor(at / width) - top + Math.floor(tap / kernelWidth);
      const column = (at % width) - left + (tap % kernelWidth);
      if (row < 0 || row >= rows || column < 0 || column >= columns) continue; // padding adds 0
      addProducts(sums, inputs.subarray((row * columns + column) * channels, (row * columns + column + 1) * channels), {
        kernel,
        first: tap * channels * filters,
      });
    }
    finish(sums, layer.activation, output.subarray(at * filters, (at + 1) * filters));
  }
}

function multiply({ stage, inputs, kernel, bias }: LayerArithmetic, output: Float32Array): void {
  const { layer } = stage.facts;
  if (layer.className !== "Dense") return;
  const sums = Float64Array.from(bias);
  addProducts(sums, inputs, { kernel, first: 0 });
  finish(sums, layer.activation, output);
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

function pool({ stage, from, inputs }: LayerArithmetic, output: Float32Array): void {
  const { layer } = stage.facts;
  if (layer.className !== "MaxPooling2D") return;
  const [height, width, channels] = stage.shape;
  const [rows, columns] = from.shape;
  const [top, left] = poolingPad(stage, from);
  output.fill(Number.NEGATIVE_INFINITY);
  const [poolHeight, poolWidth] = layer.poolSize;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [y, x] = [Math.floor((row + top) / poolHeight), Math.floor((column + left) / poolWidth)];
      if (y >= height || x >= width) continue; // "valid" leaves a remainder out
      for (let channel = 0; channel < channels; channel++) {
        const at = (y * width + x) * channels + channel;
        output[at] = Math.max(output[at] as number, inputs[(row * columns + column) * channels + channel] as number);
      }
    }
  }
}

function upsample({ stage, from, inputs }: LayerArithmetic, output: Float32Array): void {
  const { layer } = stage.facts;
  if (layer.className !== "UpSampling2D") return;
  const [height, width, channels] = stage.shape;
  const columns = from.shape[1];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const source = (Math.floor(row / layer.size[0]) * columns + Math.floor(column / layer.size[1])) * channels;
      output.set(inputs.subarray(source, source + channels), (row * width + column) * channels);
    }
  }
}
