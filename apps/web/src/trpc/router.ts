import { meanSquaredError, nearestRows, readTable, tensor } from "@autoencoder/model";
import { runPaths } from "@autoencoder/model/run";
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import type { Samples } from "../features/run/run-source.ts";
import { mnist } from "../server/mnist.ts";
import { listRuns, RunProblem, readRun, readRunFile } from "../server/run-store.ts";
import { testCodes } from "../server/statistics/codes.ts";
import { sameClassNeighbours, testPca } from "../server/statistics/run-statistics.ts";

const { router, procedure, createCallerFactory } = initTRPC.create();

/** The one place where a run's problem becomes an answer of the API. */
const withProblems = procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof RunProblem)) return result;
  const { cause } = result.error;
  const found = cause.code === "BROKEN" || cause.code === "FILE_BROKEN";
  const code = cause.code === "BAD_NAME" ? "BAD_REQUEST" : found ? "INTERNAL_SERVER_ERROR" : "NOT_FOUND";
  throw new TRPCError({ code, message: cause.message, cause });
});

const named = z.object({ name: z.string() });
const pageOfDigits = z.object({
  name: z.string(),
  label: z.int().min(0).max(9),
  order: z.enum(["best", "worst"]),
  page: z.int().min(0),
});
/** Test digits on one page. */
const perPage = 24;

export const appRouter = router({
  runs: router({
    /** All runs, broken ones with what is wrong. */
    list: withProblems.query(() => listRuns()),
    /** A run's run.json. */
    get: withProblems.input(named).query(({ input }) => readRun(input.name)),
    /** A page of test digits of one class, from the best rebuilt to the worst or the other way; pixels are bytes in base64. */
    testDigits: withProblems.input(pageOfDigits).query(({ input }) => testDigits(input)),
    /** Places of all test digits on a map of the trainer's, by seed: int16 pairs in base64, ±32000 for ±1. */
    projection: withProblems
      .input(z.object({ name: z.string(), seed: z.int().positive() }))
      .query(({ input }) => projection(input)),
    /** The five test digits whose codes are nearest to a code; pixels are bytes in base64. */
    neighbours: withProblems
      .input(z.object({ name: z.string(), latent: z.array(z.number()).min(1).max(1024) }))
      .query(({ input }) => neighbours(input)),
    /** Of the asked test digits, how many have a nearest neighbour of their class by pixels and by PCA. */
    pixelAgreement: withProblems.input(named).query(async ({ input }) => {
      const { pixels, pca } = await sameClassNeighbours(await readRun(input.name));
      return { pixels, pca };
    }),
    /** Test MSE of PCA with as many components as the run's code has numbers. */
    testPca: withProblems.input(named).query(async ({ input }) => testPca(await readRun(input.name))),
    /** Its recorded samples with their originals; arrays are base64 of little-endian float32. */
    samples: withProblems.input(named).query(async ({ input }) => encodeSamples(await readSamples(input.name))),
  }),
});

/** Calls the API from server components, without a request. */
export const api = createCallerFactory(appRouter)({});

async function readSamples(name: string): Promise<Samples> {
  const run = await readRun(name);
  const { bytes } = await readRunFile(run, runPaths.samples);
  const table = readTable(bytes);
  const indices = [...tensor(table, "indices").data];
  const latents = tensor(table, "latents");
  const reconstructions = Float32Array.from(tensor(table, "reconstructions").data);
  const { test } = await mnist();
  const size = test.rows * test.columns;
  const originals = new Float32Array(indices.length * size);
  indices.forEach((index, sample) => {
    for (let pixel = 0; pixel < size; pixel++) {
      originals[sample * size + pixel] = (test.pixels[index * size + pixel] as number) / 255;
    }
  });
  const pixelsOf = (pictures: Float32Array, sample: number) => pictures.subarray(sample * size, (sample + 1) * size);
  const mse = indices.map((_, at) => meanSquaredError(pixelsOf(originals, at), pixelsOf(reconstructions, at)));
  return {
    count: indices.length,
    latentSize: latents.shape[1] as number,
    indices,
    labels: indices.map((index) => test.labels[index] as number),
    originals,
    latents: Float32Array.from(latents.data),
    reconstructions,
    mse,
  };
}

type Encoded<T> = { [Key in keyof T]: T[Key] extends Float32Array ? string : T[Key] };

function encodeSamples(samples: Samples): Encoded<Samples> {
  const text = (values: Float32Array) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
  const { originals, latents, reconstructions, ...rest } = samples;
  return { ...rest, originals: text(originals), latents: text(latents), reconstructions: text(reconstructions) };
}

/** Samples as they came from the API. */
export function decodeSamples(encoded: Encoded<Samples>): Samples {
  const floats = (text: string) => new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
  const { originals, latents, reconstructions, ...rest } = encoded;
  return { ...rest, originals: floats(originals), latents: floats(latents), reconstructions: floats(reconstructions) };
}

async function testDigits({ name, label, order, page }: z.infer<typeof pageOfDigits>) {
  const run = await readRun(name);
  const mse = tensor(readTable((await readRunFile(run, runPaths.testErrors)).bytes), "mse").data;
  const { test } = await mnist();
  const size = test.rows * test.columns;
  const sign = order === "best" ? 1 : -1;
  const own = Array.from(test.labels.keys())
    .filter((index) => test.labels[index] === label)
    .sort((a, b) => sign * ((mse[a] as number) - (mse[b] as number)));
  const shown = own.slice(page * perPage, (page + 1) * perPage);
  const pixels = Buffer.concat(shown.map((index) => test.pixels.subarray(index * size, (index + 1) * size)));
  return {
    count: own.length,
    perPage,
    indices: shown,
    mse: shown.map((index) => mse[index] as number),
    pixels: pixels.toString("base64"),
  };
}

async function neighbours({ name, latent }: { name: string; latent: number[] }) {
  const codes = await testCodes(await readRun(name));
  if (codes.width !== latent.length) {
    const message = `expected a code of ${codes.width} numbers but got ${latent.length}`;
    throw new TRPCError({ code: "BAD_REQUEST", message });
  }
  const { test } = await mnist();
  const size = test.rows * test.columns;
  return nearestRows(codes, Float32Array.from(latent), { count: 5 }).map(({ row, distance }) => ({
    index: row,
    label: test.labels[row] as number,
    distance,
    pixels: Buffer.from(test.pixels.subarray(row * size, (row + 1) * size)).toString("base64"),
  }));
}

async function projection({ name, seed }: { name: string; seed: number }) {
  const table = readTable((await readRunFile(await readRun(name), runPaths.projections)).bytes);
  const places = Int16Array.from(tensor(table, `umap/${seed}`).data, (value) => Math.round(value * 32000));
  return { points: Buffer.from(places.buffer).toString("base64") };
}
