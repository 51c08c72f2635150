import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createRandom } from "@autoencoder/data";
import { readState } from "@autoencoder/model/training";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sameOfRun, smallTraining } from "../../fixtures/killed-runs.ts";
import { startHere } from "../../fixtures/trainer.ts";

/**
 * A trainer is killed fifty times, in five runs of ten kills each. The moments are drawn from a seed, and aimed: at a batch, at
 * a checkpoint that is being written, at a run that is being published.
 */

const aims = ["a batch", "a checkpoint", "a batch", "a checkpoint", "a checkpoint", "a batch", "a checkpoint"] as const;
const lastAims = ["the publishing", "the publishing", "the publishing"] as const;
type Aim = (typeof aims)[number] | (typeof lastAims)[number];

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "kills-"));
const training = smallTraining(folder, 3);
const unbroken = join(folder, "unbroken");
/** How many kills met the trainer in what, seen by what it left on the disk. */
const met: Record<string, number> = {};

beforeAll(async () => {
  expect((await startHere(training, unbroken).ended).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Killable {
  child: ChildProcess;
  ended: Promise<number | null>;
  printed: () => string;
}

function start(artifacts: string): Killable {
  const resume = existsSync(join(artifacts, ".work/few/checkpoint.safetensors")) ? ["--resume"] : [];
  const args = ["--import", "tsx", "tests/fixtures/hasty-trainer.ts", ...training, ...resume];
  const env = { ...process.env, ARTIFACTS_DIR: artifacts };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text) => {
      printed += text;
    });
  }
  return {
    child,
    ended: new Promise((resolve) => child.on("close", (code) => resolve(code))),
    printed: () => printed,
  };
}

/** Waits until the trainer is at what is aimed at, or has ended. */
async function reaches(aim: Aim, { ended, printed }: Killable, work: string): Promise<void> {
  mkdirSync(work, { recursive: true });
  const watcher = watch(work);
  const there = new Promise<void>((resolve) => {
    watcher.on("change", (_, name) => {
      if (aim === "a checkpoint" && /^checkpoint.*\.tmp$/.test(String(name))) resolve();
      if (aim === "the publishing" && name === "publish") resolve();
    });
    watcher.on("error", () => resolve()); // the folder is gone: the run is published
  });
  const trains = async () => {
    // The engine is told just before the first batch.
    while (!/^engine/m.test(printed())) await setTimeout(5);
  };
  await Promise.race([ended, aim === "a batch" ? trains() : there]);
  watcher.close();
}

/** What the trainer was doing when it was killed, by what is left of it. */
function doing(work: string): string {
  if (!existsSync(work)) return "had published";
  const names = readdirSync(work);
  if (names.some((name) => name.endsWith(".tmp"))) return "was writing a checkpoint";
  return names.includes("publish") ? "was publishing" : "was training";
}

describe("a trainer that is killed", () => {
  it.concurrent.each([1, 2, 3, 4, 5])(
    "ten times in run %i ends with the weights of one that nobody killed",
    async (run) => {
      const random = createRandom(run);
      const artifacts = join(folder, `run-${run}`);
      const work = join(artifacts, ".work/few");
      for (const aim of [...aims, ...lastAims]) {
        const trainer = start(artifacts);
        await reaches(aim, trainer, work);
        await setTimeout(random.next() * (aim === "a batch" ? 600 : aim === "a checkpoint" ? 8 : 60));
        trainer.child.kill("SIGKILL");
        const code = await trainer.ended;
        expect([null, 0], trainer.printed()).toContain(code);
        const state = doing(work);
        met[state] = (met[state] ?? 0) + 1;
        const checkpoint = join(work, "checkpoint.safetensors");
        if (existsSync(checkpoint)) expect(() => readState(new Uint8Array(readFileSync(checkpoint)))).not.toThrow();
        if (existsSync(join(artifacts, "few"))) expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
      }
      if (existsSync(join(work, "checkpoint.safetensors")) || !existsSync(join(artifacts, "few"))) {
        const last = start(artifacts);
        expect(await last.ended, last.printed()).toBe(0);
        expect(existsSync(join(artifacts, ".work"))).toBe(false);
      }
      expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
    },
  );

  it("was met in each of the things that it does", () => {
    process.stdout.write(`kills: ${JSON.stringify(met)}\n`);
    const {
      "was training": training = 0,
      "was writing a checkpoint": writing = 0,
      "was publishing": publishing = 0,
    } = met;
    expect(Object.values(met).reduce((sum, count) => sum + count, 0)).toBe(50);
    for (const count of [training, writing, publishing]) expect(count).toBeGreaterThanOrEqual(5);
  });
});
