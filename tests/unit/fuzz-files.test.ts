import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readIdxImages, readIdxLabels } from "@autoencoder/data";
import {
  layerSizes,
  mapLayersOf,
  modelOutputShape,
  readTable,
  readWeights,
  sizeOf,
  summarizeAutoencoder,
  type Table,
  writeTable,
} from "@autoencoder/model";
import { readLossPlot } from "@autoencoder/model/grading";
import { parseRecipe, recipes } from "@autoencoder/model/recipes";
import {
  openRun,
  openTable,
  parseRun,
  projectionSeeds,
  type Run,
  runPaths,
  snapshotVitals,
} from "@autoencoder/model/run";
import { readState, writeState } from "@autoencoder/model/training";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSentence, tryMutants } from "../fixtures/fuzzing.ts";
import { byteMutants, joined, jsonMutants, textMutants } from "../fixtures/mutants.ts";

/**
 * Damaged files through every parser: each mutant ends in a value that is what it says, or in one of our sentences. Here a
 * slice with a fixed seed; `npm run fuzz` tries 10,000 of each, `npm run fuzz -- 50000 7` as many more from another seed.
 *
 * Its siblings do the same with what a browser keeps and an address asks (`fuzz-page`), with the messages of the model worker
 * (`fuzz-worker`), with requests to the server (`fuzz-requests`) and with the trainer's command line and lock (`fuzz-commands`).
 */

const folder = join(import.meta.dirname, "../fixtures/runs/code-of-32");
const stored = (path: string) => new Uint8Array(readFileSync(join(folder, path)));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const runJson = text(stored("run.json"));
const run = parseRun(runJson);

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

/** And what is written of it is read as it was. */
function showRun(found: Run): void {
  drawRun(found);
  expect(parseRun(JSON.stringify(found))).toEqual(found);
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
  slots: { m: new Float32Array(3), v: new Float32Array(3) },
  losses: [0.5, 0.25],
});
const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...new Uint8Array(12).fill(9));
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3);
const labelsHead = (count: number) => Uint8Array.of(0, 0, 8, 1, 0, 0, count >> 8, count & 255);
const zipped = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const reading = (path: string, bytes: Uint8Array) => async () => ({
  bytes: new Uint8Array(bytes),
  sha256: async () => run.files.find((file) => file.path === path)?.sha256 ?? "",
});

/** A run with few test images, so that each of its tables is small. */
const few = 5;
const small: Run = {
  ...run,
  dataset: { ...run.dataset, testImages: few },
  files: Object.values(runPaths).map((path) => ({ path, bytes: 0, sha256: "0".repeat(64) })),
};
const floats = (...shape: number[]) => ({ dtype: "F32" as const, shape, data: new Float32Array(sizeOf(shape)) });
const halves = (...shape: number[]) => ({ ...floats(...shape), dtype: "F16" as const });
const whole = (...shape: number[]) => ({ dtype: "I32" as const, shape, data: new Int32Array(sizeOf(shape)) });
const codeLength = sizeOf(modelOutputShape(run.spec.encoder));
const tables: Readonly<Record<string, Table>> = {
  [runPaths.samples]: { indices: whole(2), latents: floats(2, codeLength), reconstructions: floats(2, 784) },
  [runPaths.steps]: { loss: floats(7) },
  [runPaths.testLatents]: { latents: halves(few, codeLength) },
  [runPaths.testErrors]: { mse: floats(few), psnr: floats(few), ssim: floats(few) },
  [runPaths.testActivations]: {
    "latent_vector/mean": halves(codeLength),
    "latent_vector/min": floats(codeLength),
    "latent_vector/max": floats(codeLength),
  },
  [runPaths.projections]: Object.fromEntries(projectionSeeds.map((seed) => [`umap/${seed}`, halves(few, 2)])),
  [runPaths.statistics]: readTable(stored(runPaths.statistics)),
  [runPaths.snapshots]: {
    step: { ...whole(2), data: Int32Array.of(0, 1) },
    ...Object.fromEntries(["trainMse", "gradientNorm", ...snapshotVitals].map((name) => [name, floats(2)])),
    indices: whole(1),
    reconstructions: { dtype: "U8", shape: [2, 1, 28, 28], data: new Uint8Array(2 * 784) },
  },
};

const open = (mutant: Uint8Array) => openRun(run.name, reading("run.json", mutant));
const fits = (bytes: Uint8Array, mutant: Uint8Array) => expect(bytes.length).toBeLessThanOrEqual(mutant.length);

describe("damaged files end in a value or in a sentence", () => {
  it("run.json, changed as JSON", () =>
    tryMutants({ parser: "run.json, as JSON", mutants: jsonMutants(runJson), parse: parseRun, use: showRun }));
  it("run.json, changed as bytes", () =>
    tryMutants({ parser: "run.json, as bytes", mutants: byteMutants(stored("run.json")), parse: open, use: drawRun }));
  it("a recipe", () =>
    tryMutants({
      parser: "recipe",
      mutants: jsonMutants(JSON.stringify(recipes.assignment)),
      parse: (json) => parseRecipe(json, "recipe.json"),
      use: (recipe) => expect(parseRecipe(JSON.stringify(recipe), "recipe.json")).toEqual(recipe),
    }));
  it("a table, changed in its header", () =>
    tryMutants({ parser: "table, its header", mutants: headerMutants(smallTable), parse: readTable, use: weighTable }));
  it("a table, changed as bytes", () =>
    tryMutants({ parser: "table, as bytes", mutants: byteMutants(smallTable), parse: readTable, use: weighTable }));
  it.each(Object.entries(tables))("%s of a run", async (path, table) => {
    const bytes = writeTable(table);
    const open = (mutant: Uint8Array) => {
      const files = small.files.map((file) => (file.path === path ? { ...file, bytes: mutant.length } : file));
      const sha256 = async () => "0".repeat(64);
      return openTable({ ...small, files }, path, async () => ({ bytes: new Uint8Array(mutant), sha256 }));
    };
    expect(await open(bytes)).toEqual(table);
    await tryMutants({ parser: path, mutants: headerMutants(bytes), parse: open, use: weighTable });
  });
  it("a manifest with its weights", () =>
    tryMutants({
      parser: "manifest of weights",
      mutants: jsonMutants(manifest),
      parse: (json) => readWeights(json, new Uint8Array(30)),
      use: (weights) => expect(weights.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(30),
    }));
  it("weights that are longer or shorter", () =>
    tryMutants({
      parser: "weights",
      mutants: byteMutants(new Uint8Array(30)),
      parse: (bytes) => readWeights(manifest, bytes),
    }));
  it("a checkpoint, changed in its header", () =>
    tryMutants({ parser: "checkpoint, its header", mutants: headerMutants(checkpoint), parse: readState }));
  it("a checkpoint, changed as bytes", () =>
    tryMutants({ parser: "checkpoint, as bytes", mutants: byteMutants(checkpoint), parse: readState }));
  it.each([
    ["images", images],
    ["images in gzip", zipped(images)],
  ])("%s", (parser, bytes) =>
    tryMutants({
      parser,
      mutants: byteMutants(bytes),
      parse: (mutant) => readIdxImages(mutant, "images"),
      use: ({ pixels, count, rows, columns }, mutant) => {
        expect(pixels).toHaveLength(count * rows * columns);
        // Gzip never gives other bytes than were zipped.
        if (mutant[0] === 0x1f && mutant[1] === 0x8b) expect([...pixels]).toEqual([...images.subarray(16)]);
        else fits(pixels, mutant);
      },
    }),
  );
  it.each([
    ["labels", labels],
    ["labels in gzip", zipped(labels)],
  ])("%s", (parser, bytes) =>
    tryMutants({
      parser,
      mutants: byteMutants(bytes),
      parse: (mutant) => readIdxLabels(mutant, "labels"),
      use: ({ labels, count }) => expect(labels).toHaveLength(count),
    }),
  );
  it("a drawn loss curve, which is never refused but disagrees", () =>
    tryMutants({
      parser: "loss_curve.svg",
      mutants: textMutants(text(stored("loss_curve.svg"))),
      parse: (svg) => readLossPlot(svg, run.history),
      use: ({ train, validation, xName, yName, disagrees }, svg) => {
        for (const count of [train, validation]) expect(count).toBeLessThanOrEqual(svg.length);
        expect([typeof xName, typeof yName]).toEqual(["string", "string"]);
        if (disagrees !== undefined) expect(isSentence(disagrees)).toBe(true);
      },
    }));
});

describe("what is written is read as it was", () => {
  it("a table", () =>
    tryMutants({
      parser: "table, written",
      mutants: fc.dictionary(
        fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("__proto__", "constructor", "a\nb")),
        fc.oneof(
          fc.float32Array({ maxLength: 20 }).map((data) => ({ dtype: "F32" as const, shape: [data.length], data })),
          fc.int32Array({ maxLength: 20 }).map((data) => ({ dtype: "I32" as const, shape: [1, data.length], data })),
          fc.uint8Array({ maxLength: 20 }).map((data) => ({ dtype: "U8" as const, shape: [data.length, 1], data })),
        ),
        { maxKeys: 5 },
      ),
      parse: writeTable,
      use: (bytes, table) => expect(readTable(bytes)).toEqual({ ...table }),
    }));
  it("what was zipped", () =>
    tryMutants({
      parser: "gzip, written",
      mutants: fc.uint8Array({ minLength: 1, maxLength: 2000 }),
      parse: (bytes) => readIdxLabels(zipped(joined(labelsHead(bytes.length), bytes)), "labels"),
      use: ({ labels }, bytes) => expect([...labels]).toEqual([...bytes]),
    }));
});
