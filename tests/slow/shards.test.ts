import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { parseRun } from "@autoencoder/model/run";
import { afterAll, describe, expect, it } from "vitest";
import { errorLine, smallRecipe, startHere, startProcess, weightsHash, writeFewDigits } from "../fixtures/trainer.ts";

/** The wasm engine on worker threads, through the trainer's command line. */

const folder = mkdtempSync(join(tmpdir(), "shards-"));
const data = join(folder, "few-digits");
const recipe = join(folder, "small.json");
writeFewDigits(data, 16);
writeFileSync(recipe, JSON.stringify(smallRecipe()));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const training = (...more: string[]) => {
  return ["--recipe", recipe, "--engine", "wasm", "--data", data, "--epochs", "2", "--name", "few", ...more];
};
const engineOf = (artifacts: string) => parseRun(readFileSync(join(artifacts, "few/run.json"), "utf8")).engine;

describe("a training on worker threads", () => {
  const alone = join(folder, "alone");

  it("has the weights of one on a single thread, bit for bit, and records both numbers", async () => {
    const one = await startHere(training("--workers", "1"), alone).ended;
    expect(one.output).toContain("each batch in 4 shards, on one thread");
    expect(engineOf(alone)).toMatchObject({ name: "wasm", shards: 4, workers: 1 });
    const together = join(folder, "together");
    const two = await startHere(training("--workers", "2"), together).ended;
    expect(two.output).toContain("each batch in 4 shards, on 2 threads");
    expect([two.code, two.errors]).toEqual([0, ""]);
    expect(engineOf(together)).toMatchObject({ shards: 4, workers: 2 });
    expect(weightsHash(together)).toBe(weightsHash(alone));
  });

  it("has other last bits in other shards", async () => {
    const whole = join(folder, "whole");
    const { output } = await startHere(training("--shards", "1"), whole).ended;
    expect(output).toContain("each batch in 1 piece, on one thread");
    expect(engineOf(whole)).toMatchObject({ shards: 1, workers: 1 });
    expect(weightsHash(whole)).not.toBe(weightsHash(alone));
  });

  it("saves at Ctrl-C and ends, its threads with it; another number of them continues to the same weights", async () => {
    const artifacts = join(folder, "interrupted");
    let pressed = false;
    const broken = await startProcess(training("--workers", "2"), artifacts, (seen, trainer) => {
      if (pressed || !seen.includes("epoch 1/2")) return;
      pressed = true;
      trainer.interrupt();
    }).ended;
    expect(broken.code).toBe(130);
    expect(broken.output).toMatch(/stopped after epoch 1, batch \d/);
    const other = await startHere(training("--shards", "2", "--resume"), artifacts).ended;
    expect(errorLine(other)).toContain(
      "the checkpoint is of another run: expected shards 2 but got 4; give the options",
    );
    const resumed = await startHere(training("--workers", "1", "--resume"), artifacts).ended;
    expect([resumed.code, resumed.errors]).toEqual([0, ""]);
    expect(weightsHash(artifacts)).toBe(weightsHash(alone));
  });

  it("ends with a saved checkpoint and a sentence when a worker dies, and continues to the same weights", async () => {
    const artifacts = join(folder, "lost");
    const threads: Worker[] = [];
    const started = (thread: Worker) => threads.push(thread);
    process.on("worker", started);
    const broken = await startHere(training("--workers", "2"), artifacts, (seen) => {
      if (seen.includes("epoch 1/2")) void threads.at(-1)?.terminate();
    }).ended;
    process.off("worker", started);
    expect(broken.code).toBe(1);
    expect(errorLine(broken)).toMatch(
      /^error: worker 2 of 2 is gone: it ended with code 1; what was trained up to epoch 1, batch \d is saved\. .* continue with: npm run train -- .*--resume --workers 1$/,
    );
    const resumed = await startHere(training("--resume", "--workers", "1"), artifacts).ended;
    expect(resumed.output).toContain("resumed after epoch 1");
    expect(weightsHash(artifacts)).toBe(weightsHash(alone));
  });
});
