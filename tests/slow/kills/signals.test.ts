import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sameOfRun, smallTraining } from "../../fixtures/killed-runs.ts";
import { type InTerminal, inTerminal } from "../../fixtures/terminal.ts";
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
  "in the middle of a batch": /epoch 1\/4 .* 1\/3/,
  "in a later epoch": /epoch 3\/4 /,
  "while steps are timed": /timing step 1/,
  "while the run is published": /measuring on the test images/,
};

type Deed = keyof Pick<InTerminal, "pressCtrlC" | "terminate" | "close">;
const cases: [string, string[], Deed, keyof typeof moments, number][] = [
  ["npm run train", npm, "pressCtrlC", "in the middle of a batch", 130],
  ["npm run train", npm, "pressCtrlC", "while steps are timed", 130],
  ["npm run train", npm, "pressCtrlC", "while the run is published", 130],
  ["npm run train", npm, "terminate", "in a later epoch", 143],
  ["npm run train", npm, "close", "in the middle of a batch", 129],
  ["the trainer itself", itself, "pressCtrlC", "in a later epoch", 130],
  ["the trainer itself", itself, "terminate", "in the middle of a batch", 143],
  ["the trainer itself", itself, "terminate", "while the run is published", 143],
  ["the trainer itself", itself, "close", "while steps are timed", 129],
  ["the trainer itself", itself, "close", "in a later epoch", 129],
  // Turborepo's exit code is its own: 0 when it was interrupted.
  ["npx turbo run train", turborepo(), "pressCtrlC", "in the middle of a batch", 0],
  ["npx turbo run train", turborepo(), "terminate", "in a later epoch", 0],
];

describe("a training is saved, and the command that it names ends it as if nothing had been,", () => {
  it.concurrent.each(cases)("when it is %s %j that gets: %s %s", async (name, command, deed, moment, exitCode) => {
    const artifacts = mkdtempSync(join(folder, "artifacts-"));
    const lock = join(artifacts, ".work/few/lock");
    const terminal = inTerminal(command, { ARTIFACTS_DIR: artifacts });
    await terminal.shows(moments[moment]);
    terminal[deed]();
    const { code, output } = await terminal.ended;
    expect(code, output).toBe(exitCode);
    // The command of a closed terminal ends before the trainer does, which is saving.
    if (moment !== "while the run is published")
      await expect.poll(() => existsSync(lock), { timeout: 60_000 }).toBe(false);

    const commands = output.match(/npm run train -- .*?(--resume|--epochs 4)(?=[\s)]| does)/g);
    if (deed !== "close") expect(commands?.at(-1)).toBeDefined();
    const named = commands?.at(-1) ?? `${npm.join(" ")} ${moment === "while steps are timed" ? "" : "--resume"}`;
    expect(named.endsWith("--resume")).toBe(moment !== "while steps are timed");
    const resumed = await inTerminal(["sh", "-c", named], { ARTIFACTS_DIR: artifacts }).ended;
    expect(resumed.code, `${name}: ${output}${resumed.output}`).toBe(0);
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
  });
});

it("A reader that has read enough (| head) does not end a training", () => {
  const artifacts = join(folder, "head");
  const env = { ...process.env, ARTIFACTS_DIR: artifacts };
  const script = `set -o pipefail; ${itself.join(" ")} | head -1`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: root, env, encoding: "utf8" });
  expect(stdout.split("\n")[0]).toBe("few: The assignment's network for pictures of 16 × 16");
  expect(status, stderr).toBe(0);
  expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
});
