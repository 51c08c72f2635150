import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { smallTraining } from "../fixtures/killed-runs.ts";
import { startHere } from "../fixtures/trainer.ts";

const folder = mkdtempSync(join(tmpdir(), "estimate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `3 min 5 s` in seconds. */
function secondsOf(text: string): number {
  const units: Record<string, number> = { h: 3600, min: 60, s: 1 };
  return [...text.matchAll(/([\d.]+) (h|min|s)\b/g)].reduce((sum, [, value, unit]) => {
    return sum + Number(value) * (units[unit as string] as number);
  }, 0);
}

// The machine may become busy, or idle, between the estimate and the run: what other tests do beside it is not the trainer's.
it("The trainer's estimate is within a factor of two of what the run takes, snapshots and publishing with it", {
  retry: 2,
}, async () => {
  let told = 0;
  const { output, code } = await startHere(smallTraining(folder, 60), join(folder, "artifacts"), (seen) => {
    if (told === 0 && seen.includes("time    about")) told = performance.now();
  }).ended;
  const real = (performance.now() - told) / 1000;
  expect(code).toBe(0);
  const [, training, publishing] = /^time +about (.+?) for 60 epochs .*, then (.+?) to measure/m.exec(output) ?? [];
  const expected = secondsOf(training as string) + secondsOf(publishing as string);
  process.stdout.write(`estimated ${expected.toFixed(1)} s, took ${real.toFixed(1)} s\n`);
  expect(real / expected).toBeGreaterThan(0.5);
  expect(real / expected).toBeLessThan(2);
});
