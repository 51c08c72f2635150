import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import { readState, type TrainingState, writeState } from "@autoencoder/model/training";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inheritCheckpoint } from "./inherit.ts";
import { publish } from "./publish.ts";
import { runFolders, WorkFolder } from "./work-folder.ts";

/** Attempts of a pool at one run: where each begins, and which of them publishes. */

let artifacts: string;
beforeEach(() => {
  artifacts = mkdtempSync(join(tmpdir(), "attempts-"));
});
afterEach(() => rmSync(artifacts, { recursive: true, force: true }));

const now = "2026-01-02T03:04:05.000Z";
const folders = (attempt: number) => runFolders(artifacts, "few", attempt);
const committed = join(import.meta.dirname, "../../../../artifacts/assignment/run.json");
const { files: _, ...draft } = parseRun(readFileSync(committed, "utf8"));
const run = { ...draft, name: "few" };

function stateAfter(step: number): TrainingState {
  const [sums, weights] = [{ lossSum: 0, imagesSeen: 0, epochSeconds: 0, seconds: 0 }, Float32Array.of(step, 0.5)];
  const progress = { startedAt: now, step, epoch: 0, batch: step, ...sums, collapsedBatches: 0, history: [] };
  return { fingerprint: "one run", progress, weights, slots: { m: weights, v: weights }, losses: [step] };
}

/** An attempt that saved after a step, or whose checkpoint is what is given. */
function attempt(number: number, saved?: number | Uint8Array): string {
  const { work } = folders(number);
  mkdirSync(work, { recursive: true });
  if (saved === undefined) return work;
  writeFileSync(
    join(work, "checkpoint.safetensors"),
    typeof saved === "number" ? writeState(stateAfter(saved)) : saved,
  );
  writeFileSync(join(work, "snapshots.safetensors"), `table of ${number}`);
  return work;
}

describe("an attempt begins", () => {
  it("with a copy of the newest checkpoint, whichever attempt wrote it", async () => {
    attempt(1, 7);
    attempt(2, 3);
    attempt(3);
    const own = attempt(4);
    expect(await inheritCheckpoint(own)).toBe("attempt-1");
    expect(readState(new Uint8Array(readFileSync(join(own, "checkpoint.safetensors"))))).toEqual(stateAfter(7));
    expect(readFileSync(join(own, "snapshots.safetensors"), "utf8")).toBe("table of 1");
  });

  it("without one that is cut off or something else, and with nothing where there is none", async () => {
    attempt(1, writeState(stateAfter(9)).slice(0, -4));
    attempt(2, Buffer.from("nothing of the kind"));
    const own = attempt(3);
    expect(await inheritCheckpoint(own)).toBeUndefined();
    expect(readdirSync(own)).toEqual([]);
    attempt(4, 2);
    expect(await inheritCheckpoint(own)).toBe("attempt-4");
  });

  it("beside one that still works: each has a lock of its own", async () => {
    const both = await Promise.all([1, 2].map((number) => WorkFolder.open(folders(number), now)));
    expect(readdirSync(dirname(folders(1).work)).sort()).toEqual(["attempt-1", "attempt-2"]);
    await Promise.all(both.map((work) => work.close()));
  });
});

it("of eight attempts that publish at once, one does, whole; nothing is replaced", async () => {
  const numbers = Array.from({ length: 8 }, (_, index) => index + 1);
  const published = await Promise.all(
    numbers.map(async (number) => {
      attempt(number);
      return (await publish(folders(number), run, { "history.csv": `by ${number}` })).byAnother ? [] : [number];
    }),
  );
  expect(published.flat()).toHaveLength(1);
  expect(readFileSync(join(artifacts, "few/history.csv"), "utf8")).toBe(`by ${published.flat()[0]}`);
  expect(readdirSync(artifacts).sort()).toEqual([".work", "few"]);
});
