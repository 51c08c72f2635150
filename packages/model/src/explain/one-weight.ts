import type { Place } from "../network/layer-maps.ts";
import { forEachTap, type Window, windowOf } from "../network/window.ts";
import { type LayerArithmetic, sigmoid } from "./forward.ts";

/** One weight of a convolution that makes one map through a sigmoid, and what each output owes to it. */
export interface OneWeight {
  /** The kernel's row and column, and the map that it reads. */
  place: Place;
  /** As it was trained. */
  weight: number;
  /** Of each output: what its sum reads through the weight, 0 where that is padding. */
  inputs: Float32Array;
  /** Of each output: its sum with the weight as it was trained, bias included. */
  sums: Float32Array;
}

/**
 * The weight of a convolution with one filter by which its outputs would change most for the same turn: the one with the
 * greatest sum of (input · σ′(sum))².
 */
export function strongestWeight(arithmetic: LayerArithmetic): OneWeight {
  const { layer, from, inputs, kernel, bias } = arithmetic;
  const window = windowOf(layer.spec, from.shape);
  if (!window || layer.shape[2] !== 1) throw new Error(`${layer.name}: expected a convolution with one filter`);
  const channels = from.shape[2];
  const count = layer.shape[0] * layer.shape[1];
  const sums = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    let sum = bias[0] as number;
    forEachRead({ window, width: layer.shape[1], channels }, at, (weight, input) => {
      sum += (kernel[weight] as number) * (inputs[input] as number);
    });
    sums[at] = sum;
  }
  const pull = new Float64Array(kernel.length);
  for (let at = 0; at < count; at++) {
    const output = sigmoid(sums[at] as number);
    const steepness = output * (1 - output);
    forEachRead({ window, width: layer.shape[1], channels }, at, (weight, input) => {
      pull[weight] = (pull[weight] as number) + (steepness * (inputs[input] as number)) ** 2;
    });
  }
  const strongest = pull.indexOf(Math.max(...pull));
  const read = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    forEachRead({ window, width: layer.shape[1], channels }, at, (weight, input) => {
      if (weight === strongest) read[at] = inputs[input] as number;
    });
  }
  const tap = Math.floor(strongest / channels);
  const across = window.columns.length;
  const place = { row: Math.floor(tap / across), column: tap % across, channel: strongest % channels };
  return { place, weight: kernel[strongest] as number, inputs: read, sums };
}

/** Every weight that the sum of an output uses, with the input that it meets: places in the kernel and in the inputs. */
function forEachRead(
  { window, width, channels }: { window: Window; width: number; channels: number },
  at: number,
  visit: (weight: number, input: number) => void,
): void {
  forEachTap(window, { row: Math.floor(at / width), column: at % width }, (tap, position) => {
    for (let channel = 0; channel < channels; channel++) visit(tap * channels + channel, position * channels + channel);
  });
}

/** The outputs with another value in the place of the weight; all others stay. */
export function outputsWith({ weight, inputs, sums }: OneWeight, other: number): Float32Array {
  return Float32Array.from(sums, (sum, at) => sigmoid(sum + (other - weight) * (inputs[at] as number)));
}

/** The mean squared error with another value in the place of the weight, and how it changes with that value. */
export function lossWith(one: OneWeight, target: Float32Array, other: number) {
  const outputs = outputsWith(one, other);
  let [loss, slope, curvature] = [0, 0, 0];
  outputs.forEach((output, at) => {
    const error = output - (target[at] as number);
    const turn = output * (1 - output) * (one.inputs[at] as number);
    loss += error ** 2;
    slope += 2 * error * turn;
    curvature += 2 * turn ** 2;
  });
  const { length } = outputs;
  /** The curvature leaves out that the outputs themselves bend (Gauss–Newton). */
  return { loss: loss / length, slope: slope / length, curvature: curvature / length };
}
