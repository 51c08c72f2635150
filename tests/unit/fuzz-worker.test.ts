import { createHash } from "node:crypto";
import { type AutoencoderSpec, countValues, mapLayersOf, writeTable } from "@autoencoder/model";
import { freshWeights } from "@autoencoder/model/tfjs";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Connection, type WorkerLike } from "../../apps/web/src/network/connection.ts";
import { modelHandlers } from "../../apps/web/src/network/handlers.ts";
import { type Answer, answer } from "../../apps/web/src/network/messages.ts";
import { type Input, type ProcedureName, procedures } from "../../apps/web/src/network/procedures.ts";
import { serve, type WorkerScope } from "../../apps/web/src/network/serve.ts";
import { isSentence, tryMutants } from "../fixtures/fuzzing.ts";
import { joined, messageMutants } from "../fixtures/mutants.ts";

/**
 * Messages between page and model worker, in both directions. The worker here has a network of its own, so small that a
 * question takes a millisecond: whatever it is asked, it answers with numbers that are what the table of procedures says, or with a
 * problem that somebody foresaw.
 */

const spec: AutoencoderSpec = {
  encoder: {
    name: "encoder",
    layers: [
      { className: "InputLayer", name: "encoder_input", shape: [4, 4, 1] },
      { className: "Conv2D", name: "conv2d", filters: 2, kernelSize: [3, 3], padding: "same", activation: "relu" },
      { className: "MaxPooling2D", name: "max_pooling2d", poolSize: [2, 2], padding: "valid" },
      { className: "Flatten", name: "flatten" },
      { className: "Dense", name: "latent_vector", units: 3, activation: "linear" },
    ],
  },
  decoder: {
    name: "decoder",
    layers: [
      { className: "InputLayer", name: "decoder_input", shape: [3] },
      { className: "Dense", name: "dense", units: 8, activation: "relu" },
      { className: "Reshape", name: "reshape", targetShape: [2, 2, 2] },
      { className: "UpSampling2D", name: "up_sampling2d", size: [2, 2] },
      { className: "Conv2D", name: "conv2d_1", filters: 1, kernelSize: [3, 3], padding: "same", activation: "sigmoid" },
    ],
  },
};
const layers = mapLayersOf(spec);
const size = 16;

/** What the site would serve, by address. */
const files = new Map<string, Uint8Array<ArrayBuffer>>();
function served(path: string, bytes: Uint8Array) {
  const address = `/files/tiny/0/${path}`;
  files.set(address, Uint8Array.from(bytes));
  return { address, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
function part(name: string, weights: ReturnType<typeof freshWeights>) {
  const entries = weights.map(({ name, shape }) => ({ name, shape, dtype: "float32" }));
  const manifest = JSON.stringify({ weightsManifest: [{ paths: ["weights.bin"], weights: entries }] });
  return {
    model: served(`${name}/model.json`, new TextEncoder().encode(manifest)),
    weights: served(`${name}/weights.bin`, joined(...weights.map(({ data }) => new Uint8Array(data.buffer)))),
  };
}
let half = 0;
const weights = freshWeights(spec, { random: () => (half = (half + 0.37) % 1), outputBias: 0 });
const ofDecoder = weights.findIndex(({ name }) => name.startsWith("dense/"));
const floats = (...shape: number[]) => {
  return { dtype: "F32" as const, shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5) };
};
const samples = served("samples.safetensors", writeTable({ latents: floats(2, 3), reconstructions: floats(2, size) }));
const statistics = served(
  "test-activations.safetensors",
  writeTable(
    Object.fromEntries(
      layers.flatMap(({ name, values, shape: [, , maps] }) => [
        [`${name}/mean`, floats(values)],
        [`${name}/min`, floats(maps)],
        [`${name}/max`, floats(maps)],
      ]),
    ),
  ),
);
const open = {
  run: "tiny",
  spec,
  encoder: part("encoder", weights.slice(0, ofDecoder)),
  decoder: part("decoder", weights.slice(ofDecoder)),
};

const pixels = Float32Array.from({ length: size }, (_, at) => at / size);
const pictures = Uint8Array.from({ length: 2 * size }, (_, at) => at);
/** A valid question of every kind. */
const questions: { [Name in ProcedureName]: Input<Name> } = {
  open,
  reconstruct: { pass: 1, pixels, everything: true },
  decode: { latent: Float32Array.of(1, -1, 0.5), everything: true },
  reconstructBy: { network: open, pixels },
  decodeBy: { network: open, latents: Float32Array.of(1, -1, 0.5, 0, 0, 0) },
  pulls: { latent: Float32Array.of(1, -1, 0.5), low: Float32Array.of(-1, -2, 0), high: Float32Array.of(2, 0, 1) },
  bends: { pictures: pixels, straight: ["conv2d"], averaged: true },
  verify: { samples, pictures },
  weights: { layer: "conv2d" },
  influence: { pass: 1, row: 2, column: 3 },
  statistics: { file: statistics },
  switchOff: { pass: 1, layer: "conv2d", map: 1, to: "mean" },
  damage: { pass: 1, layer: "max_pooling2d", to: "zero", pictures },
  measure: { pictures, loss: "bce", originals: pictures, composition: true },
};
const names = Object.keys(questions) as ProcedureName[];

/** How many numbers an answer has to hold, where the question says it. */
const lengths: Partial<Record<ProcedureName, Readonly<Record<string, number>>>> = {
  reconstruct: { latent: 3, reconstruction: size },
  decode: { reconstruction: size },
  reconstructBy: { latent: 3, reconstruction: size },
  decodeBy: { reconstructions: 2 * size },
  pulls: { changes: 6 },
  bends: { rebuilt: size },
  influence: { gradient: size },
  switchOff: { reconstruction: size },
};

const wait = setTimeout;

function worker() {
  const answers: Answer[] = [];
  let ended = () => {};
  const scope: WorkerScope = {
    onmessage: null,
    postMessage(message, transfer) {
      answers.push(structuredClone(message, { transfer }));
      if (!("progress" in message)) ended();
    },
  };
  serve(
    scope,
    modelHandlers(async () => {}),
  );
  return {
    /** All answers to a message, up to the last; none where the message is no call. */
    async ask(data: unknown): Promise<Answer[]> {
      answers.length = 0;
      const calls = isCall(data);
      const last = new Promise<void>((resolve, reject) => {
        const silence = wait(() => reject(new TypeError("expected an answer but the worker is silent")), 5000);
        ended = () => {
          clearTimeout(silence);
          resolve();
        };
      });
      scope.onmessage?.({ data });
      if (calls) await last;
      else ended();
      return answers.slice();
    },
  };
}

/** Whether a message asks for an answer under its id. */
function isCall(data: unknown): data is { id: number } {
  const { id, procedure } = Object(data) as Record<string, unknown>;
  return Number.isInteger(id) && typeof procedure === "string" && Object.hasOwn(Object(data), "procedure");
}

beforeAll(async () => {
  await tf.setBackend("cpu");
  vi.stubGlobal("fetch", async (address: unknown) => {
    const bytes = files.get(String(address));
    return bytes ? new Response(bytes) : new Response("no such file", { status: 404 });
  });
  // Between pieces of long work the worker waits for its turn; a fuzzer has no time for the timers' millisecond.
  vi.stubGlobal("setTimeout", (work: () => void) => setImmediate(work));
});
afterAll(() => vi.unstubAllGlobals());

describe("the worker, asked", () => {
  it.each(names)("%s, answers with what the table says or with a problem that was foreseen", async (name) => {
    const one = worker();
    for (const procedure of ["open", "reconstruct", "statistics", "decodeBy"] as const) {
      expect(await one.ask({ id: 1, procedure, input: questions[procedure] })).toMatchObject([{ ok: true }]);
    }
    const tensors = tf.memory().numTensors;
    const { spec: _, ...others } = open;
    // The spec was parsed with run.json; here what else a page says is changed.
    const inputs =
      name === "open"
        ? messageMutants(others).map((input) => ({ spec, ...(input as object) }))
        : messageMutants(questions[name]);
    await tryMutants({
      parser: `to the worker: ${name}`,
      mutants: fc.oneof(
        { weight: 1, arbitrary: fc.constant(questions[name]) },
        { weight: 4, arbitrary: inputs as fc.Arbitrary<never> },
      ),
      async parse(input) {
        const given = (await one.ask({ id: 5, procedure: name, input })).at(-1);
        if (given === undefined || !("ok" in given)) throw new TypeError("expected an answer but there is none");
        if (given.ok) return given.value;
        if (given.problem.code === "worker") throw new TypeError(given.problem.sentence);
        throw new Error(given.problem.sentence);
      },
      use(value, input) {
        const { row, column, map, pixels } = input as Record<string, unknown>;
        for (const at of [row, column, map]) if (at !== undefined) expect([0, 1, 2, 3]).toContain(at);
        if (pixels instanceof Float32Array) expect(pixels.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true);
        const parsed = v.safeParse(procedures[name].output, value);
        expect(parsed.issues?.[0].message).toBe(undefined);
        for (const [key, length] of Object.entries(lengths[name] ?? {})) {
          expect((value as Record<string, Float32Array>)[key]).toHaveLength(length);
        }
        const { activations } = value as { activations?: Float32Array };
        if (activations) expect(activations).toHaveLength(countValues(layers));
      },
      says: /./,
    });
    // A question leaves nothing in the backend, refused or not; a network is opened once in a worker's life.
    if (name !== "open") expect(tf.memory().numTensors).toBe(tensors);
  });

  it("anything, answers each call under its id, once, and nothing else", async () => {
    const one = worker();
    const messages = [{ id: 1, procedure: "decode", input: questions.decode }, { id: 2, cancel: true }, { ping: true }];
    await tryMutants({
      parser: "to the worker: messages",
      mutants: fc.oneof(...messages.map(messageMutants)),
      parse: (message) => one.ask(message),
      use(answers, message) {
        const finals = answers.filter((given) => "ok" in given);
        expect(finals.map(({ id }) => id)).toEqual(isCall(message) ? [message.id] : []);
        for (const given of answers) {
          expect(v.safeParse(answer, given).success).toBe(true);
          if ("problem" in given) expect(isSentence(given.problem.sentence)).toBe(true);
        }
      },
    });
  });
});

describe("the page, answered", () => {
  const answers = {
    reconstruct: { pass: 1, latent: new Float32Array(3), reconstruction: pixels, mse: 0.5, milliseconds: 2 },
    decode: { reconstruction: pixels, numbers: pixels },
    reconstructBy: { latent: new Float32Array(3), reconstruction: pixels, mse: 0.5 },
    decodeBy: { reconstructions: pixels },
    pulls: { changes: pixels },
    bends: { rebuilt: pixels },
    verify: { count: 2, latent: 0, pixel: 0 },
    weights: { kernel: pixels, bias: pixels },
    influence: { gradient: pixels },
    statistics: { layers: [{ layer: "conv2d", least: pixels, greatest: pixels }] },
    switchOff: { reconstruction: pixels, mse: 1 },
    damage: { rises: pixels, digits: 1 },
    measure: { mse: pixels, loss: pixels, nearest: new Int32Array(1), composition: 0 },
    open: { milliseconds: 1, bytes: 4 },
  };
  const said = names.map((name) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        messageMutants({ id: 1, ok: true, value: answers[name] }),
        messageMutants({ id: 1, ok: false, problem: { code: "damaged", sentence: "The file is damaged." } }),
        messageMutants({ id: 1, progress: 0.5 }),
        messageMutants({ pong: true }),
      ),
    ),
  );

  it("by anything, has what it asked for, or a sentence, or goes on waiting", () =>
    tryMutants({
      parser: "from the worker: messages",
      mutants: fc.oneof(...said),
      async parse([name, data]) {
        const fake: WorkerLike = {
          postMessage() {},
          terminate() {},
          onmessage: null,
          onmessageerror: null,
          onerror: null,
        };
        const connection = new Connection(
          () => fake,
          () => {},
        );
        const progress: number[] = [];
        const call = connection.call(name, questions[name] as never, { onProgress: (done) => progress.push(done) });
        fake.onmessage?.({ data } as MessageEvent);
        connection.close("The page closed the network."); // ends what still waits
        return { result: await call, progress };
      },
      use({ result, progress }, [name]) {
        for (const done of progress) expect(done >= 0 && done <= 1).toBe(true);
        if (result.ok) expect(v.safeParse(procedures[name].output, result.value).success).toBe(true);
        else expect(typeof result.problem.sentence).toBe("string");
      },
    }));
});
