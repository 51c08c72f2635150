import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readIdxImages, readIdxLabels } from "@autoencoder/data";
import {
  layerSizes,
  mapLayersOf,
  readTable,
  readWeights,
  sizeOf,
  summarizeAutoencoder,
  type Table,
  writeTable,
} from "@autoencoder/model";
import { parseRecipe, recipes } from "@autoencoder/model/recipes";
import { openRun, openTable, parseRun, type Run, runPaths } from "@autoencoder/model/run";
import { readState, writeState } from "@autoencoder/model/training";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteMutants, joined, jsonMutants } from "../fixtures/mutants.ts";

/**
 * Damaged files through every parser: each mutant ends in a value that is what it says, or in one of our sentences. Here a
 * slice with a fixed seed; `npm run fuzz` tries 10,000 of each, `npm run fuzz -- 50000 7` as many more from another seed.
 */

const numRuns = Number(process.env.FUZZ_RUNS ?? 120);
const seed = Number(process.env.FUZZ_SEED ?? 20_260_101);

const folder = join(import.meta.dirname, "../fixtures/runs/code-of-32");
const stored = (path: string) => new Uint8Array(readFileSync(join(folder, path)));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const runJson = text(stored("run.json"));
const run = parseRun(runJson);

/** Tries a parser on mutants. @param use what a page would do with the value that came out */
function tryMutants<Mutant, Value>(
  mutants: fc.Arbitrary<Mutant>,
  parse: (mutant: Mutant) => Value | Promise<Value>,
  use: (value: Value, mutant: Mutant) => void = () => {},
): Promise<void> {
  const property = fc.asyncProperty(mutants, async (mutant) => {
    let value: Value;
    try {
      value = await parse(mutant);
    } catch (error) {
      expectSentence(error);
      return;
    }
    use(value, mutant);
  });
  return fc.assert(property, { numRuns, seed, endOnFailure: true });
}

/** One of our errors: one line, no library's, that says what was expected and what came. */
function expectSentence(error: unknown): void {
  if (!(error instanceof Error) || error.constructor.name.match(/^(Type|Range|Syntax|Reference|Zod)/)) throw error;
  const { message } = error;
  const fits =
    /^\S[^\n\r\u2028\u2029]*expected .+ but .+/.test(message) &&
    message.length < 1200 &&
    !/"code":|"path":/.test(message);
  if (!fits) throw error;
}

/** What pages do with every run. */
function drawRun({ spec, history, recipe, files }: Run): void {
  summarizeAutoencoder(spec);
  const values = mapLayersOf(spec).reduce((sum, layer) => sum + layer.values, 0);
  const parameters = [...layerSizes(spec.encoder), ...layerSizes(spec.decoder)].reduce(
    (sum, layer) => sum + layer.parameters,
    0,
  );
  expect(values).toBeLessThanOrEqual(2_000_000);
  expect(parameters).toBeLessThanOrEqual(10_000_000);
  expect(history.length).toBeLessThanOrEqual(2000);
  expect(Number.isSafeInteger(recipe.epochs)).toBe(true);
  expect(files.every(({ path }) => !path.startsWith("/") && !path.split("/").includes(".."))).toBe(true);
}

/** Tensors hold no more than the bytes that they came from. */
function weighTable(table: Table, { length }: Uint8Array): void {
  const values = Object.values(table).reduce((sum, { data }) => sum + data.length, 0);
  expect(values).toBeLessThanOrEqual(length);
  for (const { shape, data } of Object.values(table)) expect(sizeOf(shape)).toBe(data.length);
}

/** A table whose header was changed as JSON, its data as they were. */
function headerMutants(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return jsonMutants(text(bytes.subarray(8, 8 + length))).map((json) => {
    const header = new TextEncoder().encode(json);
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, header.length, true);
    return joined(head, header, bytes.subarray(8 + length));
  });
}

const smallTable = writeTable({
  a: { dtype: "F32", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  b: { dtype: "F16", shape: [4], data: Float32Array.of(1, 2, 3, 4) },
  c: { dtype: "I32", shape: [], data: Int32Array.of(7) },
  d: { dtype: "U8", shape: [2, 0], data: new Uint8Array(0) },
});
const manifest = JSON.stringify({
  modelTopology: {},
  weightsManifest: [
    {
      paths: ["weights.bin"],
      weights: [
        { name: "a/kernel", shape: [2, 3], dtype: "float32" },
        { name: "a/bias", shape: [3], dtype: "float32", quantization: { dtype: "float16", original_dtype: "float32" } },
      ],
    },
  ],
});
const checkpoint = writeState({
  fingerprint: "{}",
  progress: {
    startedAt: "2026-01-01T00:00:00Z",
    step: 2,
    epoch: 1,
    batch: 0,
    lossSum: 0,
    imagesSeen: 0,
    epochSeconds: 0,
    seconds: 3,
    collapsedBatches: 0,
    history: run.history.slice(0, 1),
  },
  weights: Float32Array.of(1, 2, 3),
  m: new Float32Array(3),
  v: new Float32Array(3),
  losses: [0.5, 0.25],
});
const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...new Uint8Array(12).fill(9));
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3);
const zipped = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const reading = (files: Record<string, Uint8Array>) => async (path: string) => ({
  bytes: new Uint8Array(files[path] ?? []),
  sha256: async () => run.files.find((file) => file.path === path)?.sha256 ?? "",
});

describe("damaged files end in a value or in a sentence", () => {
  it("run.json, changed as JSON", () => tryMutants(jsonMutants(runJson), parseRun, drawRun));
  it("run.json, changed as bytes", () =>
    tryMutants(byteMutants(stored("run.json")), (bytes) => openRun(run.name, reading({ "run.json": bytes })), drawRun));
  it("a recipe", () =>
    tryMutants(jsonMutants(JSON.stringify(recipes.assignment)), (json) => parseRecipe(json, "recipe.json")));
  it("a table, changed in its header", () => tryMutants(headerMutants(smallTable), readTable, weighTable));
  it("a table, changed as bytes", () => tryMutants(byteMutants(smallTable), readTable, weighTable));
  it.each([runPaths.samples, runPaths.statistics])("%s of a run", (path) => {
    const bytes = stored(path);
    const open = (mutant: Uint8Array) => {
      const files = run.files.map((file) => (file.path === path ? { ...file, bytes: mutant.length } : file));
      return openTable({ ...run, files }, path, reading({ [path]: mutant }));
    };
    return tryMutants(headerMutants(bytes), open, weighTable);
  });
  it("a manifest with its weights", () =>
    tryMutants(
      jsonMutants(manifest),
      (json) => readWeights(json, new Uint8Array(30)),
      (weights) => {
        expect(weights.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(30);
      },
    ));
  it("weights that are longer or shorter", () =>
    tryMutants(byteMutants(new Uint8Array(30)), (bytes) => readWeights(manifest, bytes)));
  it("a checkpoint, changed in its header", () => tryMutants(headerMutants(checkpoint), readState));
  it("a checkpoint, changed as bytes", () => tryMutants(byteMutants(checkpoint), readState));
  it("images, plain and gzip", async () => {
    await tryMutants(byteMutants(images), (bytes) => readIdxImages(bytes, "images"));
    await tryMutants(byteMutants(zipped(images)), (bytes) => readIdxImages(bytes, "images"));
  });
  it("labels, plain and gzip", async () => {
    await tryMutants(byteMutants(labels), (bytes) => readIdxLabels(bytes, "labels"));
    await tryMutants(byteMutants(zipped(labels)), (bytes) => readIdxLabels(bytes, "labels"));
  });
  it("gzip, which never gives other bytes than were zipped", () =>
    tryMutants(
      byteMutants(zipped(images)),
      (bytes) => readIdxImages(bytes, "images"),
      ({ pixels }, mutant) => {
        if (mutant[0] === 0x1f && mutant[1] === 0x8b) expect([...pixels]).toEqual([...images.subarray(16)]);
      },
    ));
});
