import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { EmbeddedQueue } from "@autoencoder/jobs/embedded";
import { eventLine, type TrainerEvent } from "@autoencoder/model/run";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Told } from "./jobs.ts";
import { PoolTrainings } from "./pool-trainings.ts";

/** A site that puts trainings into a pool's queue, with a worker that is played here. */

let folder: string;
let queue: EmbeddedQueue;
let pool: PoolTrainings;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "pool-trainings-"));
  queue = new EmbeddedQueue(folder);
  pool = new PoolTrainings(queue, folder);
  await pool.open();
});
afterEach(() => {
  pool.close();
  rmSync(folder, { recursive: true, force: true });
});

const asked = { recipe: "fast", epochs: 2, images: 300 } as const;
const name = "fast-2-epochs-300-images";
const step: TrainerEvent = {
  event: "step",
  epoch: 1,
  batch: 3,
  batches: 9,
  loss: 0.1,
  imagesPerSecond: 100,
  secondsLeft: 5,
};
/** What a trainer tells in its attempt. */
function tell(run: string, attempt: number, ...events: TrainerEvent[]): void {
  const work = join(folder, ".work", run, `attempt-${attempt}`);
  mkdirSync(work, { recursive: true });
  appendFileSync(join(work, "events.jsonl"), events.map(eventLine).join(""));
}

it("one that is started waits, under a name of its own, on an engine that every machine has", async () => {
  expect(await pool.start(asked)).toBe(name);
  expect(await pool.start(asked)).toBe(`${name}-2`);
  expect(await pool.list()).toMatchObject([
    { run: name, asked: { engine: "wasm" }, state: "waiting", before: 1, stopping: false },
    { run: `${name}-2`, state: "waiting", before: 2 },
  ]);
});

it("what a page has trained lies where every worker finds it", async () => {
  const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 5);
  const run = await pool.start({ from: "page" }, zip);
  expect(await pool.list()).toMatchObject([{ run, asked: { from: "page", engine: "wasm" }, state: "waiting" }]);
  expect(new Uint8Array(readFileSync(join(folder, ".work", run, "trained-here.zip")))).toEqual(zip);
});

it("what its attempts tell reaches a reader, the second going on where the first stopped", async () => {
  await pool.start(asked);
  const reader = new AbortController();
  const got: Told[] = [];
  const listening = (async () => {
    for await (const told of pool.told(undefined, reader.signal)) got.push(told);
  })();
  const lease = await queue.lease("a");
  tell(name, 1, { event: "attempt", attempt: 1, resumes: false }, step);
  const newest = () => (got.at(-1)?.kind === "jobs" ? (got.at(-1) as { jobs: unknown[] }).jobs : []);
  await expect.poll(newest, { timeout: 5000 }).toMatchObject([{ state: "running", progress: { epoch: 1, batch: 3 } }]);
  tell(name, 2, { event: "attempt", attempt: 2, resumes: true }, { ...step, batch: 6 });
  await expect.poll(newest, { timeout: 5000 }).toMatchObject([{ progress: { batch: 6, points: [{}, {}] } }]);
  if (lease) await queue.finish(lease, { state: "finished" });
  await expect.poll(newest, { timeout: 5000 }).toMatchObject([{ state: "finished", progress: { phase: "published" } }]);
  const told = got.length;
  await wait(1200);
  expect(got).toHaveLength(told); // nothing where nothing changed
  reader.abort();
  await listening;
});

it("one is cancelled and continued; what is none of these is refused", async () => {
  await pool.start(asked);
  const lease = await queue.lease("a");
  await pool.cancel(name);
  expect(lease && (await queue.renew(lease))).toBe("cancel");
  expect(await pool.list()).toMatchObject([{ state: "running", stopping: true }]);
  await expect(pool.resume(name)).rejects.toThrow(
    `expected a training that was stopped or has failed but ${name} is running`,
  );
  if (lease) await queue.finish(lease, { state: "stopped", said: "saved after epoch 1, batch 0" });
  await expect(pool.cancel(name)).rejects.toThrow(`expected a training that waits or runs but ${name} has stopped`);
  await pool.resume(name);
  expect(await pool.list()).toMatchObject([{ run: name, state: "waiting" }]);
  await expect(pool.cancel("another")).rejects.toThrow("there is no training another here; load the page again");
});

it("a queue that goes with another folder is refused", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
  const astray = new PoolTrainings(queue, elsewhere);
  await expect(astray.open()).rejects.toThrow(
    /^expected the folder of runs that this queue goes with but .* is another/,
  );
  await expect(astray.start(asked)).rejects.toThrow(/ is another; share that folder/);
  rmSync(elsewhere, { recursive: true });
});
