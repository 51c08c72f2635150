import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { errorLine, smallRecipe, startHere, startProcess, writeFewDigits } from "../fixtures/trainer.ts";

/** The trainer's command line: real training with the wasm engine on a few real digits, in folders of its own. */

const folder = mkdtempSync(join(tmpdir(), "trainer-"));
const data = join(folder, "few-digits");
const recipe = join(folder, "small.json");
writeFewDigits(data, 16);
writeFileSync(recipe, JSON.stringify(smallRecipe()));
const reshaped = join(folder, "reshaped.json");
const { spec, ...settings } = smallRecipe();
const layers = [...spec.decoder.layers, { className: "Reshape", name: "last", targetShape: [16, 16, 1] }];
writeFileSync(reshaped, JSON.stringify({ ...settings, spec: { ...spec, decoder: { ...spec.decoder, layers } } }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: string[], artifacts: string) => startHere(args, artifacts).ended;
const training = (...more: string[]) => [
  "--recipe",
  recipe,
  "--engine",
  "wasm",
  "--data",
  data,
  "--epochs",
  "3",
  "--name",
  "few",
  ...more,
];

describe("two trainers", () => {
  it("do not work on one run", async () => {
    const artifacts = join(folder, "two");
    const first = startProcess(training("--epochs", "500"), artifacts); // still at work when the second comes
    await expect.poll(() => existsSync(join(artifacts, ".work/few/lock")), { timeout: 60_000 }).toBe(true);
    const second = await run(training(), artifacts);
    expect(second.code).toBe(1);
    expect(errorLine(second)).toMatch(
      /^error: another trainer \(process \d+ on \S+, since 20\S+Z\) is at work on this run; wait for it/,
    );
    first.child.kill("SIGKILL");
    await first.ended;
  });

  it("do not work on one run when they start at the same moment: a lock is empty until its process has written its number", async () => {
    const artifacts = join(folder, "same-moment");
    const lock = join(artifacts, ".work/few/lock");
    mkdirSync(join(artifacts, ".work/few"), { recursive: true });
    writeFileSync(lock, "");
    const holder = { process: process.pid, host: hostname(), since: "2026-01-02T03:04:05.000Z" };
    setTimeout(() => writeFileSync(lock, JSON.stringify(holder)), 200);
    const second = await run(training(), artifacts);
    expect(errorLine(second)).toContain(
      `another trainer (process ${process.pid} on ${hostname()}, since 2026-01-02T03:04:05.000Z) is at work on this run`,
    );
    expect(second.code).toBe(1);
  });

  it("are not kept apart by an empty lock that a dead process left", async () => {
    const artifacts = join(folder, "left-empty");
    mkdirSync(join(artifacts, ".work/few"), { recursive: true });
    writeFileSync(join(artifacts, ".work/few/lock"), "");
    expect((await run(training("--epochs", "1"), artifacts)).code).toBe(0);
  });
});

describe("wrong input is refused in one line", () => {
  const cases: [string, string[], number, RegExp][] = [
    [
      "an unknown recipe",
      ["--recipe", "vae"],
      2,
      /expected one of assignment, fast, assignment-literal, .* but got "vae"/,
    ],
    ["an unknown engine", ["--engine", "tpu"], 2, /--engine: expected one of cuda, native, webgpu, wasm but got "tpu"/],
    ["an unknown option", ["--epoch", "3"], 2, /Unknown option '--epoch' \(did you mean --epochs\?\); .*--help/],
    [
      "an unknown command",
      ["evalute", "few"],
      2,
      /expected an option, or one of baselines, engines, evaluate, .* \(did you mean evaluate\?\)/,
    ],
    ["a command without its run", ["evaluate"], 2, /evaluate: expected a run's name but got nothing; npm run train --/],
    ["a run that is not there", ["summary", "never"], 1, /summary: expected the published run .* but there is none/],
    ["a name of the language as a recipe", ["--recipe", "constructor"], 2, /--recipe: .* but got "constructor"$/],
    [
      "a recipe's name with a slip",
      ["--recipe", "assignment-bec"],
      2,
      /but got "assignment-bec" \(did you mean assignment-bce\?\)$/,
    ],
    ["no folder of data", ["--data", ""], 2, /--data: expected a folder with IDX files but got ""/],
    [
      "data that the recipe's network does not read",
      ["--engine", "wasm", "--data", data],
      2,
      /recipe assignment: expected images of 28 × 28 × 1, which the network reads, but the data's are 16 × 16 × 1/,
    ],
    [
      "a recipe whose network does not end in pixels",
      ["--engine", "wasm", "--recipe", reshaped],
      2,
      /recipe small: expected a network that ends in a Conv2D, .* but last is a Reshape; change the recipe$/,
    ],
    [
      "a number that is none",
      ["--epochs", "many"],
      2,
      /--epochs: expected a whole number from 1 to 2000 but got "many"/,
    ],
    ["a run name with a slash", ["--name", "../x"], 2, /--name: expected 1 to 63 of a-z, 0-9 and -.*got "..\/x"/],
    ["a reserved run name", ["--name", "compare"], 2, /--name: this name is reserved, but got "compare"/],
    ["options to the Turborepo task", ["--turbo", "--epochs", "1"], 2, /use npm run train -- OPTIONS/],
    [
      "a data folder that is not there",
      ["--engine", "wasm", "--data", "/no/such"],
      2,
      /expected a folder with IDX files/,
    ],
    ["more images than there are", ["--engine", "wasm", "--images", "60001"], 2, /--images: expected at most 60000/],
    [
      "resuming nothing",
      ["--engine", "wasm", "--name", "nothing", "--resume"],
      2,
      /expected a checkpoint in .* but there is none/,
    ],
  ];
  it.each(cases)("%s", async (_, args, code, message) => {
    const artifacts = join(folder, "wrong");
    const ended = await run(args, artifacts);
    expect(errorLine(ended)).toMatch(message);
    expect(ended.code).toBe(code);
    expect(existsSync(artifacts)).toBe(false); // no empty folder is left
    expect(
      ended.errors
        .trim()
        .split("\n")
        .filter((line) => line.includes("rror")),
    ).toHaveLength(1);
  });

  it("by the program itself, with its exit code", async () => {
    const ended = await startProcess(["--epochs", "many"], join(folder, "wrong")).ended;
    expect(ended.errors).toBe('error: --epochs: expected a whole number from 1 to 2000 but got "many"\n');
    expect([ended.code, ended.output]).toEqual([2, ""]);
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
