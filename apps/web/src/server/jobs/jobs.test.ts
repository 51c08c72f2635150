import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AskedTraining,
  type KnownProcess,
  nameOfTraining,
  placeId,
  placeOf,
  type Trainers,
  trainerWords,
} from "@autoencoder/jobs";
import { eventLine, type TrainerEvent } from "@autoencoder/model/run";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { Jobs, type Told } from "./jobs.ts";

/** The queue and the stream of trainings, with trainers of our own making and servers that come and go. */

const folder = mkdtempSync(join(tmpdir(), "jobs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open: Jobs[] = [];
afterEach(() => {
  for (const jobs of open.splice(0)) jobs.close();
});

let folders = 0;
const asked: AskedTraining = { recipe: "fast", epochs: 2, images: 1000 };
const name = "fast-2-epochs-1000-images";

/** Processes that run until they are told to end. */
class Machine implements Trainers {
  readonly started: { words: readonly string[]; work: string; process: KnownProcess; exited: () => void }[] = [];
  readonly running = new Set<number>();
  readonly stopped: number[] = [];
  fails: Error | undefined;
  start(words: readonly string[], work: string, exited: () => void): KnownProcess {
    if (this.fails) throw this.fails;
    const process = { number: 1000 + this.started.length, started: "then" };
    this.running.add(process.number);
    this.started.push({ words, work, process, exited });
    return process;
  }
  isRunning({ number }: KnownProcess): boolean {
    return this.running.has(number);
  }
  stop({ number }: KnownProcess): void {
    this.stopped.push(number);
  }
  async engines() {
    return [];
  }
  /** The trainer that was started last tells something, and may end. */
  tells(events: TrainerEvent[], { ends = false } = {}): void {
    const last = this.started.at(-1);
    if (!last) throw new Error("expected a trainer");
    appendFileSync(join(last.work, "events.jsonl"), events.map(eventLine).join(""));
    if (ends) this.ends();
  }
  ends(): void {
    const last = this.started.at(-1);
    if (!last) return;
    this.running.delete(last.process.number);
    last.exited();
  }
}

function setUp({ artifacts = join(folder, String(folders++)), machine = new Machine(), server = 1, free = 1e12 } = {}) {
  mkdirSync(artifacts, { recursive: true });
  machine.running.add(server);
  const jobs = new Jobs({ artifacts, trainers: machine, server: { number: server }, freeBytes: async () => free });
  open.push(jobs);
  return { artifacts, machine, jobs };
}

const states = async (jobs: Jobs) => Object.fromEntries((await jobs.list()).map(({ run, state }) => [run, state]));
const settled = (jobs: Jobs, run: string, state: string) =>
  expect.poll(async () => (await states(jobs))[run], { interval: 10, timeout: 5000 }).toBe(state);
const error = (message: string): TrainerEvent => ({ event: "error", message });
const stopped: TrainerEvent = { event: "stopped", saved: "epoch 1, batch 2", next: "" };
const published = (run: string): TrainerEvent => ({
  event: "published",
  run,
  folder: "",
  status: "complete",
  test: { mse: 0.01, psnr: 20, ssim: 0.9 },
});

describe("what is asked", () => {
  it("is a list of words for the trainer, and a name that tells it from the recipe", () => {
    const all: AskedTraining = {
      ...asked,
      engine: "wasm",
      seed: 7,
      batchSize: 64,
      learningRate: 0.002,
      latent: 8,
      loss: "bce",
      optimizer: "sgd",
    };
    expect(trainerWords(all, { run: "mine-1", work: "work" }).join(" ")).toBe(
      "--recipe fast --epochs 2 --images 1000 --engine wasm --seed 7 --latent 8 --loss bce --optimizer sgd " +
        "--batch-size 64 --learning-rate 0.002 --name mine-1",
    );
    expect(trainerWords({ from: "page", engine: "wasm" }, { run: "mine-1", work: "work" })).toEqual([
      "--from",
      join("work", "trained-here.zip"),
      "--engine",
      "wasm",
      "--name",
      "mine-1",
    ]);
    expect(nameOfTraining(all).length).toBeLessThanOrEqual(63);
    expect(nameOfTraining({ recipe: "fast", images: 60_000 })).toBe("fast");
  });
});

describe("the queue", () => {
  it("starts one at a time, in the order in which they were asked for, each under a name that is free", async () => {
    const { jobs, machine, artifacts } = setUp();
    mkdirSync(join(artifacts, `${name}-2`)); // a published run
    mkdirSync(join(artifacts, ".work", `${name}-3`), { recursive: true }); // somebody's unfinished one
    expect(await jobs.start(asked)).toBe(name);
    expect(await jobs.start(asked)).toBe(`${name}-4`);
    expect(machine.started.map(({ words }) => words.at(-1))).toEqual([name]);
    expect((await jobs.list()).map(({ state, before }) => [state, before])).toEqual([
      ["running", undefined],
      ["waiting", 1],
    ]);
    machine.tells([published(name)], { ends: true });
    await settled(jobs, `${name}-4`, "running");
    expect(await states(jobs)).toEqual({ [name]: "finished", [`${name}-4`]: "running" });
    await expect.poll(() => machine.started.length).toBe(2);
  });

  it("is bounded", async () => {
    const { jobs } = setUp();
    for (let count = 0; count < 6; count++) await jobs.start(asked);
    await expect(jobs.start(asked)).rejects.toThrow(
      "expected at most 5 trainings in the queue but they are there; wait for one, or cancel one",
    );
  });

  it("takes nothing where the disk is nearly full", async () => {
    const { jobs } = setUp({ free: 3e8 });
    await expect(jobs.start(asked)).rejects.toThrow(
      "expected 1.0 GB of free space for runs but there are 0.3 GB; free some",
    );
  });

  it("lets one go that waits, and asks the one that runs to save", async () => {
    const { jobs, machine } = setUp();
    const [first, second] = [await jobs.start(asked), await jobs.start(asked)];
    await jobs.cancel(second);
    expect(machine.stopped).toEqual([]);
    await jobs.cancel(first);
    expect(machine.stopped).toEqual([1000]);
    expect((await jobs.list()).find(({ run }) => run === first)).toMatchObject({ state: "running", stopping: true });
    machine.tells([stopped], { ends: true });
    await settled(jobs, first, "stopped");
    expect(machine.started).toHaveLength(1); // what was taken out does not start
    expect((await jobs.list()).map(({ said }) => said)).toEqual([
      "it was taken out of the queue",
      "saved after epoch 1, batch 2",
    ]);
  });

  it("continues one from its checkpoint, or begins it again where there is none", async () => {
    const { jobs, machine, artifacts } = setUp();
    await jobs.start(asked);
    machine.ends();
    await settled(jobs, name, "failed");
    await jobs.resume(name);
    expect(machine.started.at(-1)?.words).not.toContain("--resume");
    writeFileSync(join(artifacts, ".work", name, "checkpoint.safetensors"), "");
    machine.tells([stopped], { ends: true });
    await settled(jobs, name, "stopped");
    await jobs.resume(name);
    expect(machine.started.at(-1)?.words.slice(-1)).toEqual(["--resume"]);
    const lines = readFileSync(join(artifacts, ".work", name, "events.jsonl"), "utf8")
      .trim()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "attempt")).toEqual([
      { event: "attempt", attempt: 1, resumes: false },
      { event: "attempt", attempt: 2, resumes: false },
      { event: "attempt", attempt: 3, resumes: true },
    ]);
  });

  it("does not train again what somebody has finished in a terminal", async () => {
    const { jobs, machine, artifacts } = setUp();
    await jobs.start(asked);
    machine.tells([stopped], { ends: true });
    await settled(jobs, name, "stopped");
    mkdirSync(join(artifacts, name));
    writeFileSync(join(artifacts, name, "run.json"), "{}");
    await jobs.resume(name);
    expect((await jobs.list())[0]).toMatchObject({ state: "finished", said: undefined });
    expect(machine.started).toHaveLength(1);
  });

  it.each([
    ["said why", [error("the loss diverged")], "failed", "the loss diverged"],
    ["said nothing", [], "failed", "the trainer ended without saying why; the last that it wrote is: killed"],
  ] as const)("goes on after a trainer that failed and %s", async (_, events, state, said) => {
    const { jobs, machine, artifacts } = setUp();
    await jobs.start(asked);
    const second = await jobs.start(asked);
    writeFileSync(join(artifacts, ".work", name, "trainer.log"), "words\nkilled\n");
    machine.tells([...events], { ends: true });
    await settled(jobs, name, state);
    expect((await jobs.list()).find(({ run }) => run === name)?.said).toBe(said);
    expect((await states(jobs))[second]).toBe("running");
  });

  it("goes on after one that could not be started, and says why", async () => {
    const { jobs, machine } = setUp();
    machine.fails = new Error("expected the trainer but it is not there");
    await jobs.start(asked);
    expect((await jobs.list())[0]).toMatchObject({ state: "failed", said: "expected the trainer but it is not there" });
  });

  it.each([
    ["cancel", "expected a training that waits or runs but fast-2-epochs-1000-images has failed"],
    ["resume", "there is no training nobody here; load the page again"],
  ] as const)("refuses to %s what cannot be", async (deed, words) => {
    const { jobs, machine } = setUp();
    machine.fails = new Error("no");
    await jobs.start(asked);
    await expect(jobs[deed](deed === "cancel" ? name : "nobody")).rejects.toThrow(words);
  });
});

describe("another server", () => {
  it("after a restart goes on with the training that runs, and with the queue", async () => {
    const first = setUp();
    await first.jobs.start(asked);
    const second = await first.jobs.start(asked);
    first.jobs.close();
    first.machine.running.delete(1);
    const { jobs, machine } = setUp({ ...first, server: 2 });
    await jobs.open();
    expect(machine.started).toHaveLength(1);
    expect(await states(jobs)).toEqual({ [name]: "running", [second]: "waiting" });
    await jobs.cancel(name);
    expect(machine.stopped).toEqual([1000]);
    machine.tells([stopped], { ends: true });
    await settled(jobs, second, "running"); // it was not this server's child: it is looked after
  });

  it("learns what became of a training that ended while there was none", async () => {
    const first = setUp();
    await first.jobs.start(asked);
    first.jobs.close();
    first.machine.running.delete(1);
    first.machine.tells([published(name)]);
    first.machine.running.delete(1000);
    const { jobs } = setUp({ ...first, server: 2 });
    await jobs.open();
    expect(await states(jobs)).toEqual({ [name]: "finished" });
  });

  it("finds by its lock a trainer of which the one before had written down only that it starts", async () => {
    const first = setUp();
    await first.jobs.start(asked);
    first.jobs.close();
    first.machine.running.delete(1);
    const path = join(first.artifacts, ".work/jobs.json");
    const file = JSON.parse(readFileSync(path, "utf8"));
    delete file.jobs[0].process;
    writeFileSync(path, JSON.stringify(file));
    const lock = { process: 1000, host: "here", since: "then", started: "then" };
    writeFileSync(join(first.artifacts, ".work", name, "lock"), JSON.stringify(lock));
    const { jobs } = setUp({ ...first, server: 2 });
    await jobs.open();
    expect(await states(jobs)).toEqual({ [name]: "running" });
  });

  it("leaves the trainings alone while the first one lives", async () => {
    const first = setUp();
    await first.jobs.start(asked);
    const { jobs } = setUp({ ...first, server: 2 });
    await expect(jobs.start(asked)).rejects.toThrow(
      /another server of this site \(process 1\) starts the trainings of .*; use that one, or stop it/,
    );
    first.machine.running.delete(1);
    await jobs.start(asked);
  });

  it("says what is wrong with a list that somebody damaged, and does not start anew over it", async () => {
    const { jobs, artifacts } = setUp();
    mkdirSync(join(artifacts, ".work"));
    writeFileSync(join(artifacts, ".work/jobs.json"), '{"attempts": -1');
    await expect(jobs.start(asked)).rejects.toThrow(/jobs.json: .*: expected an object but got nothing; move it away/);
  });

  it("leaves no trace where nobody has trained", async () => {
    const { jobs, artifacts } = setUp();
    await jobs.open();
    expect(await jobs.list()).toEqual([]);
    expect(existsSync(join(artifacts, ".work"))).toBe(false);
  });
});

describe("the stream", () => {
  /** What a reader gets until something is so. */
  async function read(jobs: Jobs, after: string | undefined, until: (told: Told[]) => boolean): Promise<Told[]> {
    const reader = new AbortController();
    const all: Told[] = [];
    try {
      for await (const told of jobs.told(after === undefined ? undefined : placeOf(after), reader.signal)) {
        all.push(told);
        if (until(all)) reader.abort();
      }
      expect(reader.signal.aborted).toBe(true);
    } catch (cause) {
      expect((cause as Error).name).toBe("AbortError");
      expect(reader.signal.aborted).toBe(false);
    }
    return all;
  }
  const idsOf = (all: Told[]) => all.flatMap((told) => (told.kind === "event" ? [placeId(told.placed)] : []));
  const events = (count: number) => (all: Told[]) => idsOf(all).length >= count;

  it("begins with the list, has every event once, and the list again when it has changed", async () => {
    const { jobs, machine } = setUp();
    await jobs.start(asked);
    const reading = read(jobs, undefined, (all) => all.filter(({ kind }) => kind === "jobs").length === 2);
    machine.tells([error("one"), error("two")]);
    setTimeout(() => machine.tells([error("three")], { ends: true }), 150);
    const all = await reading;
    expect(all[0]).toMatchObject({ kind: "jobs", jobs: [{ run: name, state: "running" }] });
    expect(idsOf(all)).toEqual(["1.0", "1.1", "1.2", "1.3"]);
    expect(all.at(-1)).toMatchObject({ kind: "jobs", jobs: [{ state: "failed", said: "three" }] });
  });

  it("after an event loses nothing and repeats nothing, over attempts, trainings and servers", async () => {
    const first = setUp();
    await first.jobs.start(asked);
    first.machine.tells([error("1.1"), error("1.2")], { ends: true });
    await settled(first.jobs, name, "failed");
    const other = await first.jobs.start(asked);
    first.machine.tells([error("2.1")], { ends: true });
    await settled(first.jobs, other, "failed");
    await first.jobs.resume(name);
    first.machine.tells([error("3.1")]);
    first.jobs.close();
    first.machine.running.delete(1);
    const { jobs } = setUp({ ...first, server: 2 });
    const all = await read(jobs, "1.1", events(5));
    expect(idsOf(all)).toEqual(["1.2", "2.0", "2.1", "3.0", "3.1"]);
    expect(idsOf(await read(jobs, "3.0", events(1)))).toEqual(["3.1"]);
  });

  it("begins anew where an event is one of trainings that are gone", async () => {
    const { jobs } = setUp();
    await jobs.start(asked);
    expect(idsOf(await read(jobs, "7.9", events(1)))).toEqual(["1.0"]);
  });

  it("gives a reader who has nothing yet few of many steps, the last among them", async () => {
    const { jobs, machine } = setUp();
    await jobs.start(asked);
    const step = (batch: number): TrainerEvent => ({
      event: "step",
      epoch: 1,
      batch,
      batches: 5000,
      loss: 0.1,
      imagesPerSecond: 1,
      secondsLeft: 1,
    });
    machine.tells(Array.from({ length: 5000 }, (_, at) => step(at + 1)));
    const all = await read(jobs, undefined, (told) => idsOf(told).at(-1) === "1.5000");
    expect(idsOf(all).length).toBeLessThan(205);
    expect(idsOf(all).slice(0, 2)).toEqual(["1.0", "1.1"]);
  });

  it("ends when its reader leaves, and when the server stops", async () => {
    const { jobs } = setUp();
    await jobs.start(asked);
    expect(await read(jobs, undefined, (all) => all.length === 2)).toHaveLength(2);
    const reading = read(jobs, undefined, () => false);
    setTimeout(() => jobs.close(), 50);
    expect(await reading).toHaveLength(2);
  });
});
