import { describe, expect, it } from "vitest";
import { countValues, layerValues, mapLayersOf } from "../network/layer-maps.ts";
import { assignmentSpec } from "../network/spec.ts";
import { arithmeticOf, forward, type WeightsByName } from "./forward.ts";
import { lossWith, outputsWith, strongestWeight } from "./one-weight.ts";

const layers = mapLayersOf(assignmentSpec({ latent: 4 }));
const last = layers.at(-1)!;
/** Numbers from 0 to 1 that look random: Park and Miller's generator. */
let state = 7;
const next = () => {
  state = (state * 16_807) % 2_147_483_647;
  return state / 2_147_483_647;
};
const pixels = Float32Array.from({ length: 784 }, next);

function randomWeights(): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  for (const { name, spec, from } of layers.slice(1).map((layer, at) => ({ ...layer, from: layers[at]! }))) {
    const fill = (length: number) => Float32Array.from({ length }, () => 0.35 * (next() - 0.5));
    if (spec.className === "Conv2D") {
      weights.set(`${name}/kernel`, fill(9 * from.shape[2] * spec.filters));
      weights.set(`${name}/bias`, fill(spec.filters));
    } else if (spec.className === "Dense") {
      weights.set(`${name}/kernel`, fill(from.values * spec.units));
      weights.set(`${name}/bias`, fill(spec.units));
    }
  }
  return weights;
}
const weights = randomWeights();
const values = forward(layers, weights, pixels);
const one = strongestWeight(arithmeticOf(layers, last, { weights, values }));
const kernelName = `${last.name}/kernel`;
const indexOf = ({ row, column, channel }: typeof one.place) => (row * 3 + column) * layers.at(-2)!.shape[2] + channel;

/** The output of the network with one weight of the last kernel changed, by the forward pass. */
function outputOf(weight: number, index = indexOf(one.place)): Float32Array {
  const changed: WeightsByName = new Map(weights).set(
    kernelName,
    weights.get(kernelName)!.map((value, at) => (at === index ? weight : value)),
  );
  return layerValues(forward(layers, changed, pixels), last);
}
const mse = (outputs: Float32Array) => outputs.reduce((sum, value, at) => sum + (value - pixels[at]!) ** 2, 0) / 784;

describe("one weight of the last convolution", () => {
  it("gives the outputs of the whole network, whatever it is set to", () => {
    expect(countValues(layers)).toBe(values.length);
    expect(one.weight).toBe(weights.get(kernelName)![indexOf(one.place)]);
    for (const other of [one.weight, -2, 0, 3.5]) {
      const own = outputsWith(one, other);
      expect(Math.max(...outputOf(other).map((value, at) => Math.abs(value - own[at]!)))).toBeLessThan(1e-5);
      expect(lossWith(one, pixels, other).loss).toBeCloseTo(mse(outputOf(other)), 6);
    }
  });

  it("has the slope and the bend that finite differences have", () => {
    for (const other of [one.weight, -1, 2]) {
      const at = (turn: number) => lossWith(one, pixels, other + turn).loss;
      expect(lossWith(one, pixels, other).slope).toBeCloseTo((at(1e-2) - at(-1e-2)) / 2e-2, 4);
      // Without the errors' part the curvature is that of a target which is met.
      const met = outputsWith(one, other);
      const bent = (turn: number) => lossWith(one, met, other + turn).loss;
      expect(lossWith(one, pixels, other).curvature).toBeCloseTo((bent(1e-2) + bent(-1e-2)) / 1e-4, 3);
    }
  });

  it("is the one that moves the outputs most, of it and twelve others", () => {
    const kernel = weights.get(kernelName)!;
    const before = layerValues(values, last);
    const change = (index: number) =>
      outputOf(kernel[index]! + 0.01, index).reduce((sum, value, at) => sum + (value - before[at]!) ** 2, 0);
    const others = Array.from({ length: 12 }, () => Math.floor(next() * kernel.length));
    const most = change(indexOf(one.place));
    for (const index of others) expect(change(index)).toBeLessThanOrEqual(most * 1.001);
  });
});
