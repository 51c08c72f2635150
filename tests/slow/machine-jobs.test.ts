import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trainerEvent } from "@autoencoder/model/run";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildSite, serveSite } from "../browser/serve.ts";
import { askTraining, endTrainings, type Streamed, streamTraining } from "../fixtures/train-api.ts";
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
  // When each line was written: the file's own time is that of its last line.
  const writtenAt: number[] = [];
  const watch = setInterval(() => {
    const now = lines().length;
    while (writtenAt.length < now) writtenAt.push(statSync(events).mtimeMs);
  }, 5);

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
  clearInterval(watch);

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
  const delays = got.map(({ at }, index) => at - (writtenAt[index] ?? Number.NaN)).filter((delay) => delay < 1000);
  const sorted = delays.sort((one, other) => one - other);
  const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN);
  const told = `median ${at(0.5)} ms, nine tenths within ${at(0.9)} ms, of ${sorted.length} of ${got.length}`;
  process.stdout.write(`from the trainer's line to its reader: ${told}\n`);
  expect(sorted.length).toBeGreaterThan(10);
  expect(at(0.5)).toBeLessThanOrEqual(200);
}, 600_000);
