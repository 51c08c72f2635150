import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sameOfRun, smallTraining } from "../../fixtures/killed-runs.ts";
import { inTerminal } from "../../fixtures/terminal.ts";
import { startHere } from "../../fixtures/trainer.ts";

/** Ctrl-C, SIGTERM and a closed terminal, as a person at a terminal gives them, through the commands that a person uses. */

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "signals-"));
const training = smallTraining(folder, 4);
const unbroken = join(folder, "unbroken");

beforeAll(async () => {
  expect((await startHere(training, unbroken).ended).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = ["npm", "run", "train", "--", ...training];
const itself = [process.execPath, "--import", "tsx", "apps/trainer/src/cli.ts", ...training];

/** A workspace whose task `train` is the trainer with our options: Turborepo's own takes none, and trains on all of MNIST. */
function turborepo(): string[] {
  const copy = join(folder, "workspace");
  mkdirSync(join(copy, "apps/trainer"), { recursive: true });
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  cpSync(join(root, "package-lock.json"), join(copy, "package-lock.json"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const task = { cache: false, passThroughEnv: ["ARTIFACTS_DIR"] };
  writeFileSync(join(copy, "turbo.json"), JSON.stringify({ tasks: { train: task } }));
  const script = ["node", "--import", "tsx", join(root, "apps/trainer/src/cli.ts"), ...training].join(" ");
  const manifest = { name: "@autoencoder/trainer", version: "0.1.0", scripts: { train: script } };
  writeFileSync(join(copy, "apps/trainer/package.json"), JSON.stringify(manifest));
  return ["npx", "turbo", "run", "train", "--cwd", copy];
}

/** What is printed in the middle of a batch, while steps are timed, and while the run is published. */
const moments = {
  "in the middle of a batch": /epoch 1\/4 /,
  "in a later epoch": /epoch 3\/4 /,
  "while steps are timed": /timing step 1/,
  "while the run is published": /measuring on the test images/,
};
const commands = { "npm run train": npm, "the trainer itself": itself, "npx turbo run train": turborepo() };
const deeds = { "Ctrl-C": "pressCtrlC", SIGTERM: "terminate", "a closed terminal": "close" } as const;

type Case = [keyof typeof deeds, keyof typeof moments, keyof typeof commands, number];
const cases: Case[] = [
  ["Ctrl-C", "in the middle of a batch", "npm run train", 130],
  ["Ctrl-C", "while steps are timed", "npm run train", 130],
  ["Ctrl-C", "while the run is published", "npm run train", 130],
  ["SIGTERM", "in a later epoch", "npm run train", 143],
  ["a closed terminal", "in the middle of a batch", "npm run train", 129],
  ["Ctrl-C", "in a later epoch", "the trainer itself", 130],
  ["SIGTERM", "in the middle of a batch", "the trainer itself", 143],
  ["SIGTERM", "while the run is published", "the trainer itself", 143],
  ["a closed terminal", "while steps are timed", "the trainer itself", 129],
  ["a closed terminal", "in a later epoch", "the trainer itself", 129],
  ["Ctrl-C", "in the middle of a batch", "npx turbo run train", 130],
  ["SIGTERM", "in a later epoch", "npx turbo run train", 143],
];

describe("a training is saved, and the command that it names ends it as if nothing had been,", () => {
  it.concurrent.each(cases)("at %s %s, by %s, with exit code %i", async (deed, moment, command, exitCode) => {
    const artifacts = mkdtempSync(join(folder, "artifacts-"));
    const terminal = inTerminal(commands[command], { ARTIFACTS_DIR: artifacts });
    await terminal.shows(moments[moment]);
    terminal[deeds[deed]]();
    const { code, output } = await terminal.ended;
    expect(code, output).toBe(exitCode);
    if (moment !== "while the run is published") {
      // npm ends with its terminal, before the trainer does, which is saving.
      const lock = join(artifacts, ".work/few/lock");
      await expect.poll(() => existsSync(lock), { timeout: 60_000 }).toBe(false);
    }
    const started = moment !== "while steps are timed";
    const named = output.match(/npm run train -- .*? --epochs 4( --resume)?(?=[\r\n]| does it again)/g)?.at(-1);
    if (deed !== "a closed terminal") expect(named?.endsWith("--resume"), output).toBe(started);
    const resumed = inTerminal(["sh", "-c", named ?? `${npm.join(" ")} ${started ? "--resume" : ""}`], {
      ARTIFACTS_DIR: artifacts,
    });
    expect(await resumed.ended).toMatchObject({ code: 0 });
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
  });
});

it("A reader that goes after the first line (head) does not end a training", () => {
  const artifacts = join(folder, "head");
  const env = { ...process.env, ARTIFACTS_DIR: artifacts };
  const script = `set -o pipefail; ${itself.join(" ")} | head -1`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: root, env, encoding: "utf8" });
  expect(stdout.split("\n")[0]).toBe("few: The assignment's network for pictures of 16 × 16");
  expect(status, stderr).toBe(0);
  expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
});
