import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trainerEvent } from "@autoencoder/model/run";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildSite, serveSite } from "../browser/serve.ts";
import { processorSeconds } from "../fixtures/process-time.ts";
import { askTraining, endTrainings, type Stream, type Streamed, streamTraining } from "../fixtures/train-api.ts";
import { writeFewDigits } from "../fixtures/trainer.ts";

/**
 * A training through the site, with a real trainer: it is followed over broken connections, over servers that are told to stop
 * and that are killed, and through its end. What its readers got is what the trainer wrote, each line once.
 */

const folder = mkdtempSync(join(tmpdir(), "machine-jobs-"));
const [runs, digits] = [join(folder, "runs"), join(folder, "digits")];
const asked = { recipe: "fast", engine: "wasm", epochs: 4, images: 300 } as const;
const run = "fast-4-epochs-300-images";
const work = join(runs, ".work", run);
const events = join(work, "events.jsonl");

type Site = Awaited<ReturnType<typeof serveSite>>;
let site: Site | undefined;
const serve = async () => {
  site = await serveSite({ RUNS_DIR: runs, MNIST_DIR: digits });
  return site.url;
};
beforeAll(async () => {
  mkdirSync(runs, { recursive: true });
  writeFewDigits(digits, 28);
  await buildSite();
}, 300_000);
afterAll(async () => {
  site?.stop("SIGKILL");
  await endTrainings(runs);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const lines = () => (existsSync(events) ? readFileSync(events, "utf8").trim().split("\n") : []);
/** What the trainer told: tRPC’s own messages on the stream, such as the one that restores an id, are none of it. */
const toldIn = (all: readonly Streamed[]) => all.filter(({ id, name }) => id && name === "message");
const idsOf = (all: readonly Streamed[]) => toldIn(all).flatMap(({ id }) => id ?? []);
const waits = { timeout: 240_000, interval: 50 };
const trainer = () => {
  const { jobs } = JSON.parse(readFileSync(join(runs, ".work/jobs.json"), "utf8"));
  return jobs[0].process.number as number;
};
const stateOf = async (url: string) => {
  const [job] = (await askTraining(url, "list")).data as { state: string }[];
  return job?.state;
};
const epochsIn = (all: readonly Streamed[]) => all.filter(({ data }) => data.event?.event === "epoch").length;

it("loses no event and repeats none, survives servers, is saved and continued, and is published", async () => {
  let url = await serve();
  const got: Streamed[] = [];
  let last: string | undefined;
  const written = watchLines();

  /** Follows the training until something is so. */
  async function follow(until: (all: readonly Streamed[]) => boolean): Promise<void> {
    const stream = streamTraining(url, last);
    await expect.poll(() => until(stream.all), waits).toBe(true);
    stream.close();
    got.push(...toldIn(stream.all));
    last = got.at(-1)?.id;
  }

  expect(await askTraining(url, "start", { post: asked })).toMatchObject({ status: 200, data: { run } });
  await follow((all) => epochsIn(all) === 1);
  const process_ = trainer();

  // A connection that was lost: the next one goes on.
  await follow((all) => idsOf(all).length >= 1);

  // A server that is told to stop, and one that is killed: the trainer does not notice.
  site?.stop();
  const offline = lines().length;
  await expect.poll(() => lines().length, waits).toBeGreaterThan(offline);
  url = await serve();
  await follow((all) => idsOf(all).length >= 2);
  site?.stop("SIGKILL");
  url = await serve();
  expect(await stateOf(url)).toBe("running");
  expect(trainer()).toBe(process_);

  // It is asked to save, by a server that did not start it.
  expect((await askTraining(url, "cancel", { post: { run } })).status).toBe(200);
  await follow((all) => all.some(({ data }) => data.event?.event === "stopped"));
  await expect.poll(() => stateOf(url), waits).toBe("stopped");
  expect(existsSync(join(work, "checkpoint.safetensors"))).toBe(true);

  // It goes on from there, to its end.
  await askTraining(url, "resume", { post: { run } });
  await follow((all) => all.some(({ data }) => data.event?.event === "published"));
  await expect.poll(() => stateOf(url), waits).toBe("finished");
  written.stop();

  // Each line was got once, in order, as it is numbered in the file.
  const wrote = lines().map((line) => trainerEvent.parse(JSON.parse(line)));
  let [attempt, line] = [0, 0];
  const numbered = wrote.map((event) => {
    line += 1;
    if (event.event === "attempt") [attempt, line] = [event.attempt, 0];
    return `${attempt}.${line}`;
  });
  expect(idsOf(got)).toEqual(numbered);
  expect(wrote.filter(({ event }) => event === "attempt")).toMatchObject([
    { attempt: 1, resumes: false },
    { attempt: 2, resumes: true },
  ]);
  expect(wrote.some(({ event }) => event === "resumed")).toBe(true);

  // The run is there, and on the list of runs.
  expect(existsSync(join(runs, run, "run.json"))).toBe(true);
  expect(await (await fetch(`${url}/runs`)).text()).toContain(run);
  const health = await (await fetch(`${url}/healthz`)).json();
  expect(health.runs).toEqual({ shown: 1, broken: 0 });

  // Of what was got while it was written: a reader who comes back gets the rest at once, however old.
  const delays = got.map(({ at }, index) => at - (written.at[index] ?? Number.NaN)).filter((delay) => delay < 1000);
  const { median, told } = delaysOf(delays);
  process.stdout.write(`from the trainer's line to its reader: ${told} of ${got.length}\n`);
  expect(delays.length).toBeGreaterThan(10);
  expect(median).toBeLessThanOrEqual(200);
}, 600_000);

it("tells a training to as many pages as may watch, each line once to each, and refuses one more", async () => {
  const { url, pid } = site as Site;
  const before = processorSeconds(pid);
  const began = performance.now();
  const { data } = await askTraining(url, "start", { post: { ...asked, epochs: 2 } });
  const { run: watchedRun } = data as { run: string };
  const written = watchLines(join(runs, ".work", watchedRun, "events.jsonl"));
  const pages = Array.from({ length: 50 }, () => streamTraining(url));
  const told = ({ all }: Stream) => toldIn(all).filter(({ data }) => data.run === watchedRun);
  const isPublished = (page: Stream) => told(page).some(({ data }) => data.event.event === "published");
  await expect.poll(() => pages.some(({ all }) => all.length > 0), waits).toBe(true);
  const { message } = await askTraining(url, "events");
  expect(message).toContain("expected at most 50 pages that watch but they are there; close some");
  await expect.poll(() => pages.every(isPublished), waits).toBe(true);
  const seconds = (performance.now() - began) / 1000;
  const share = Math.round((100 * (processorSeconds(pid) - before)) / seconds);
  written.stop();
  for (const page of pages) page.close();
  const [first, ...others] = pages.map((page) => told(page).map(({ id }) => id));
  expect(new Set(first).size).toBe(written.at.length);
  for (const ids of others) expect(ids).toEqual(first);
  const delays = pages.flatMap((page) => told(page).map(({ at }, index) => at - (written.at[index] ?? Number.NaN)));
  const { median, told: words } = delaysOf(delays);
  process.stdout.write(
    `from the trainer's line to each of 50 pages: ${words}; the site took ${share} % of a core in ${seconds.toFixed(0)} s\n`,
  );
  expect(median).toBeLessThanOrEqual(1000);
}, 300_000);

/** When each line of a training's events was written, while it is watched: the file's own time is that of its last line. */
function watchLines(path = events): { at: number[]; stop: () => void } {
  const at: number[] = [];
  const look = setInterval(() => {
    if (!existsSync(path)) return;
    const count = readFileSync(path, "utf8").split("\n").length - 1;
    while (at.length < count) at.push(statSync(path).mtimeMs);
  }, 5);
  return { at, stop: () => clearInterval(look) };
}

/** @param delays milliseconds */
function delaysOf(delays: readonly number[]) {
  const sorted = [...delays].sort((one, other) => one - other);
  const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN);
  return { median: at(0.5), told: `median ${at(0.5)} ms, nine tenths within ${at(0.9)} ms, of ${sorted.length}` };
}
