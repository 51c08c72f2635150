import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { known, trainersIn } from "./trainers.ts";

/** Processes as they are found again. */

const folder = mkdtempSync(join(tmpdir(), "trainers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const trainers = trainersIn({ root: folder, runs: folder, env: process.env });

describe("a process", () => {
  it("is known while it runs, and no longer when it has ended", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    const closed = new Promise((resolve) => child.once("close", resolve));
    const own = known(child.pid ?? 0);
    expect(own.started).toBeTruthy();
    expect(trainers.isRunning(own)).toBe(true);
    trainers.stop(own);
    await closed;
    expect(trainers.isRunning(own)).toBe(false);
    trainers.stop(own); // nothing, where it has ended
  });

  it("that has the number of one that ended is another", () => {
    const another = { number: process.pid, started: "another boot 123" };
    expect(trainers.isRunning(known(process.pid))).toBe(true);
    expect(trainers.isRunning(another)).toBe(false);
    trainers.stop(another); // would end these tests
  });
});

it("where there is no trainer, that is said", async () => {
  const words = /^expected the trainer in .* but it is not there; run the site in its project$/;
  expect(() => trainers.start([], folder, () => {})).toThrow(words);
  await expect(trainers.engines()).rejects.toThrow(words);
});
