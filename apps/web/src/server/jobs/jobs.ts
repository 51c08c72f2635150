import { existsSync } from "node:fs";
import { appendFile, mkdir, open, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  type AskedTraining,
  EventFile,
  type EventPlace,
  isAfter,
  type KnownProcess,
  nameOfTraining,
  type PlacedEvent,
  type Trainers,
  trainerWords,
  trainingLimits,
} from "@autoencoder/jobs";
import { onOneLine } from "@autoencoder/model";
import { boundedName } from "@autoencoder/model/recipes";
import { advance, eventLine, type TrainingProgress, workFiles } from "@autoencoder/model/run";
import { type Job, type JobFile, readJobs, writeJobs } from "./job-file.ts";

/** Why a training is not started, ended or continued, in one sentence. */
export class JobRefusal extends Error {
  constructor(
    readonly code: "BAD_REQUEST" | "NOT_FOUND" | "CONFLICT" | "TOO_MANY_REQUESTS" | "PRECONDITION_FAILED",
    message: string,
  ) {
    super(message);
    this.name = "JobRefusal";
  }
}

/** A training as a page shows it. */
export interface JobView extends Pick<Job, "run" | "asked" | "added" | "state"> {
  stopping: boolean;
  /** Trainings before it in the queue, the one that runs included; undefined where it does not wait. */
  before: number | undefined;
  said: string | undefined;
  /** How far it came. Of the one that runs the events tell it. */
  progress: TrainingProgress | undefined;
}

/** The trainings that a page may ask for: those of this machine, or of a pool. */
export interface Trainings extends Pick<Jobs, "start" | "cancel" | "resume" | "list" | "told" | "open" | "close"> {
  readonly place: "machine" | "pool";
}

/** What a reader of the trainings is told. */
export type Told = { kind: "jobs"; jobs: JobView[] } | { kind: "event"; run: string; placed: PlacedEvent };

interface Around {
  /** Where runs are published. */
  artifacts: string;
  trainers: Trainers;
  /** This server. */
  server: KnownProcess;
  now?: () => Date;
  freeBytes?: (folder: string) => Promise<number>;
}

/** Milliseconds between two looks at what a trainer has told, and at whether it still runs. */
const looks = { events: 100, process: 500 };
/** How often, and how many milliseconds apart, a trainer is looked for of which only its run is known. */
const holderLooks = { most: 20, milliseconds: 250 };
/** Trainings that ended and are still listed. */
const mostEnded = 20;
/** Steps that a reader gets who has none yet. */
const stepsAtFirst = 200;

/**
 * The trainings of this machine: one at a time, the others wait. Each is a process of its own that outlives this server;
 * what is known of them lies in `.work/jobs.json` and `.work/RUN/`, so that the next server goes on with them.
 */
export class Jobs implements Trainings {
  readonly place = "machine";
  readonly #artifacts: string;
  readonly #work: string;
  readonly #path: string;
  readonly #around: Around;
  #known: JobFile = { attempts: 0, jobs: [] };
  #loaded: Promise<void> | undefined;
  /** Changes are made one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Rises with each change that a page shows. */
  #version = 0;
  #watch: NodeJS.Timeout | undefined;
  readonly #files = new Map<string, EventFile>();
  readonly #closing = new AbortController();

  constructor(around: Around) {
    this.#around = around;
    this.#artifacts = resolve(around.artifacts);
    this.#work = join(this.#artifacts, ".work");
    this.#path = join(this.#work, "jobs.json");
  }

  /** Goes on with what an earlier server has left; touches nothing where it has left nothing. @throws Error */
  async open(): Promise<void> {
    if (existsSync(this.#path)) await this.#inTurn(async () => {});
  }

  /** Ends what readers wait for; trainings go on. */
  close(): void {
    this.#closing.abort();
    clearInterval(this.#watch);
  }

  start(asked: AskedTraining, zip?: Uint8Array): Promise<string> {
    return this.#inTurn(async () => {
      const waiting = this.#known.jobs.filter(({ state }) => state === "waiting").length;
      if (waiting >= trainingLimits.waiting) {
        const full = `expected at most ${trainingLimits.waiting} trainings in the queue but they are there`;
        throw new JobRefusal("TOO_MANY_REQUESTS", `${full}; wait for one, or cancel one`);
      }
      await requireSpace(this.#artifacts, this.#around.freeBytes);
      const run = freeName(this.#artifacts, nameOfTraining(asked), this.#known.jobs);
      if (zip) await writeZip(join(this.#work, run), zip);
      this.#known.jobs.push({ run, asked, added: this.#now(), state: "waiting", attempt: 0 });
      return run;
    });
  }

  /** One that waits leaves the queue; one that runs saves and ends. */
  cancel(run: string): Promise<void> {
    return this.#inTurn(async () => {
      const job = this.#find(run);
      if (job.state === "waiting") {
        job.state = "stopped";
        job.said = "it was taken out of the queue";
      } else if (job.state === "running") {
        job.stopping = true;
        if (job.process) this.#around.trainers.stop(job.process);
      } else throw new JobRefusal("CONFLICT", `expected a training that waits or runs but ${run} has ${job.state}`);
    });
  }

  /** One that was stopped or failed goes on from its last checkpoint, or begins again where there is none. */
  resume(run: string): Promise<void> {
    return this.#inTurn(async () => {
      const job = this.#find(run);
      if (job.state !== "stopped" && job.state !== "failed") {
        throw new JobRefusal(
          "CONFLICT",
          `expected a training that was stopped or has failed but ${run} is ${job.state}`,
        );
      }
      if (this.#isPublished(job)) return void Object.assign(job, { state: "finished", said: undefined });
      await requireSpace(this.#artifacts, this.#around.freeBytes);
      this.#known.jobs = [...this.#known.jobs.filter((other) => other !== job), job];
      job.state = "waiting";
      delete job.said;
      delete job.stopping;
    });
  }

  /** All trainings that are known: the one that runs, the queue, and those that ended, the newest first. */
  async list(): Promise<JobView[]> {
    await this.#load();
    const of = (...states: Job["state"][]) => this.#known.jobs.filter(({ state }) => states.includes(state));
    const jobs = [...of("running"), ...of("waiting"), ...of("stopped", "finished", "failed").reverse()];
    return Promise.all(jobs.map((job) => this.#view(job)));
  }

  /**
   * The list, again whenever it changes, and all events after a place; where none is given, those of the newest training, its
   * steps thinned out. It ends when the reader leaves, and with an AbortError when the server stops: a stream that is broken off
   * is opened again by the browser, one that ends is not.
   */
  async *told(after: EventPlace | undefined, reader: AbortSignal): AsyncGenerator<Told, void> {
    const signal = AbortSignal.any([reader, this.#closing.signal]);
    await this.#load();
    let version = this.#version;
    yield { kind: "jobs", jobs: await this.list() };
    // A place beyond all attempts is one of trainings that somebody has removed.
    let place = after && after.attempt <= this.#known.attempts ? after : undefined;
    while (!reader.aborted) {
      this.#closing.signal.throwIfAborted();
      // Before the events are read: whatever changed the list, a trainer had told it by then.
      const changed = version !== this.#version;
      version = this.#version;
      for (const one of await this.#after(place)) {
        place = one.placed;
        yield { kind: "event", ...one };
      }
      if (changed) yield { kind: "jobs", jobs: await this.list() };
      await wait(looks.events, undefined, { signal }).catch(() => {});
    }
  }

  async #after(place: EventPlace | undefined): Promise<{ run: string; placed: PlacedEvent }[]> {
    const { jobs } = this.#known;
    const newest = Math.max(...jobs.map(({ attempt }) => attempt));
    const asked = jobs.filter(({ attempt }) => attempt > 0 && attempt >= (place?.attempt ?? newest));
    const found: { run: string; placed: PlacedEvent }[] = [];
    for (const { run } of asked) {
      const { events } = await this.#read(run);
      const later = place ? events.slice(firstAfter(events, place)) : thinned(events);
      found.push(...later.map((placed) => ({ run, placed })));
    }
    // Each file is in order; a training that was resumed has attempts before and after those of others.
    return asked.length > 1 ? found.sort((a, b) => (isAfter(a.placed, b.placed) ? 1 : -1)) : found;
  }

  async #read(run: string): Promise<EventFile> {
    const file = this.#files.get(run) ?? new EventFile(join(this.#work, run, workFiles.events));
    this.#files.set(run, file);
    await file.read();
    return file;
  }

  async #view({ run, asked, added, state, stopping = false, said, attempt }: Job): Promise<JobView> {
    const { jobs } = this.#known;
    const queue = jobs.filter((job) => job.state === "running" || job.state === "waiting");
    const before = state === "waiting" ? queue.findIndex((job) => job.run === run) : undefined;
    let progress = attempt === 0 ? undefined : await this.#progress(run);
    // Its own pages draw the line of a run that is published.
    if (progress && state === "finished") progress = { ...progress, points: [] };
    return { run, asked, added, state, stopping, before, said, progress };
  }

  async #progress(run: string): Promise<TrainingProgress | undefined> {
    let progress: TrainingProgress | undefined;
    for (const { event } of (await this.#read(run)).events) progress = advance(progress, event);
    return progress;
  }

  /** Makes a change, goes on with the queue, and writes both down. */
  #inTurn<Value>(change: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(async () => {
      await this.#load();
      this.#claim();
      const value = await change();
      await this.#goOn();
      return value;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #load(): Promise<void> {
    this.#loaded ??= readJobs(this.#path).then(
      (jobs) => {
        this.#known = jobs;
      },
      (error) => {
        this.#loaded = undefined;
        throw error;
      },
    );
    return this.#loaded;
  }

  /** @throws JobRefusal where another server has these trainings */
  #claim(): void {
    const { server: holder } = this.#known;
    const { server, trainers } = this.#around;
    if (holder && holder.number !== server.number && trainers.isRunning(holder)) {
      this.#loaded = undefined; // it may end meanwhile
      const other = `another server of this site (process ${holder.number}) starts the trainings of ${this.#artifacts}`;
      throw new JobRefusal("CONFLICT", `${other}; use that one, or stop it`);
    }
    this.#known.server = server;
  }

  /** Looks after the training that runs, starts the next, and writes down what is known. */
  async #goOn(): Promise<void> {
    const running = this.#known.jobs.find(({ state }) => state === "running");
    if (running && !this.#isAlive(running)) await this.#end(running);
    while (!this.#known.jobs.some(({ state }) => state === "running")) {
      const next = this.#known.jobs.find(({ state }) => state === "waiting");
      if (!next) break;
      await this.#begin(next);
    }
    await this.#forgetOld();
    await this.#write();
    this.#keepWatch();
  }

  async #write(): Promise<void> {
    await writeJobs(this.#path, this.#known);
    this.#version += 1;
  }

  #keepWatch(): void {
    const busy = this.#known.jobs.some(({ state }) => state === "running");
    if (busy === (this.#watch !== undefined)) return;
    clearInterval(this.#watch);
    this.#watch = busy ? setInterval(() => this.#look(), looks.process).unref() : undefined;
  }

  #look(): void {
    const running = this.#known.jobs.find(({ state }) => state === "running");
    if (running && !this.#isAlive(running) && !this.#closing.signal.aborted)
      this.#inTurn(async () => {}).catch(() => {});
  }

  #isAlive({ process }: Job): boolean {
    return process !== undefined && this.#around.trainers.isRunning(process);
  }

  async #begin(job: Job): Promise<void> {
    const work = join(this.#work, job.run);
    const attempt = this.#known.attempts + 1;
    const resumes = existsSync(join(work, workFiles.checkpoint));
    Object.assign(this.#known, { attempts: attempt });
    Object.assign(job, { state: "running", attempt });
    delete job.process;
    try {
      await mkdir(work, { recursive: true });
      await appendAttempt(join(work, workFiles.events), { attempt, resumes });
      // Written before the process is there: a server that dies in between finds by the work folder's lock who it is.
      await this.#write();
      const words = [...trainerWords(job.asked, { run: job.run, work }), ...(resumes ? ["--resume"] : [])];
      job.process = this.#around.trainers.start(words, work, () => this.#look());
    } catch (error) {
      job.state = "failed";
      job.said = error instanceof Error ? error.message : String(error);
    }
  }

  /** What became of a training whose process is gone. */
  async #end(job: Job): Promise<void> {
    if (!job.process) {
      const process = await this.#holder(job.run);
      if (process) return void Object.assign(job, { process });
    }
    const { events } = await this.#read(job.run);
    const last = events.filter(({ attempt }) => attempt === job.attempt).map(({ event }) => event);
    const end = last.findLast(({ event }) => ["published", "stopped", "error"].includes(event));
    const { stopping = false } = job;
    delete job.process;
    delete job.stopping;
    if (end?.event === "published" || this.#isPublished(job)) job.state = "finished";
    else if (end?.event === "stopped") {
      job.state = "stopped";
      job.said = end.saved ? `saved after ${end.saved}` : "nothing was trained yet";
    } else if (stopping && end?.event !== "error") {
      // A signal ends a trainer that has nothing to save, and one that publishes, before it can say so.
      job.state = "stopped";
      const saved = existsSync(join(this.#work, job.run, workFiles.checkpoint));
      job.said = saved ? "its last checkpoint is kept" : "nothing was trained yet";
    } else {
      job.state = "failed";
      job.said = end?.event === "error" ? end.message : await this.#lastWords(job.run);
    }
  }

  /**
   * The trainer that works on a run, as its lock says: of one that an earlier server had just started when it died. It is
   * waited for, since a trainer takes its lock some seconds after its start.
   */
  async #holder(run: string): Promise<KnownProcess | undefined> {
    for (let look = 0; look < holderLooks.most; look++) {
      const text = await readFile(join(this.#work, run, workFiles.lock), "utf8").catch(() => "");
      const [, number, started] = /"process":(\d+),.*"started":"([^"]+)"/.exec(text) ?? [];
      const holder = { number: Number(number), started: started ?? "" };
      if (number !== undefined && this.#around.trainers.isRunning(holder)) return holder;
      await wait(holderLooks.milliseconds);
    }
    return undefined;
  }

  async #lastWords(run: string): Promise<string> {
    const text = await readFile(join(this.#work, run, workFiles.words), "utf8").catch(() => "");
    const line = text.trim().split("\n").at(-1) ?? "";
    const words = line === "" ? "it wrote nothing" : `the last that it wrote is: ${onOneLine(line, 300)}`;
    return `the trainer ended without saying why; ${words}`;
  }

  /** Of those that ended the newest are listed; a checkpoint that nobody came back to stays for the terminal. */
  async #forgetOld(): Promise<void> {
    const over = this.#known.jobs.filter(({ state }) => !["running", "waiting"].includes(state)).slice(0, -mostEnded);
    for (const { run, state } of over) {
      if (state === "finished") await rm(join(this.#work, run), { recursive: true, force: true });
      this.#files.delete(run);
    }
    this.#known.jobs = this.#known.jobs.filter((job) => !over.includes(job));
  }

  /** Its name was free when it was asked for: a run that has it is its own, be it that a terminal has finished it. */
  #isPublished({ run }: Job): boolean {
    return existsSync(join(this.#artifacts, run, "run.json"));
  }

  #find(run: string): Job {
    const job = this.#known.jobs.find((one) => one.run === run);
    if (!job) throw new JobRefusal("NOT_FOUND", `there is no training ${run} here; load the page again`);
    return job;
  }

  #now(): string {
    return (this.#around.now?.() ?? new Date()).toISOString();
  }
}

/** A name that neither a run, nor a training, nor somebody's unfinished work has. */
export function freeName(artifacts: string, name: string, known: readonly Pick<Job, "run">[]): string {
  const taken = (one: string) =>
    existsSync(join(artifacts, one)) ||
    existsSync(join(artifacts, ".work", one)) ||
    known.some(({ run }) => run === one);
  let free = name;
  for (let count = 2; taken(free); count++) free = boundedName([name, String(count)]);
  return free;
}

/** Puts what a page has trained where the trainer will look for it. @throws JobRefusal where it is no zip */
export async function writeZip(work: string, zip: Uint8Array): Promise<void> {
  if (!isZip(zip)) {
    throw new JobRefusal("BAD_REQUEST", "expected the zip that /train writes but it is no zip; hand it over again");
  }
  await mkdir(work, { recursive: true });
  await writeFile(join(work, workFiles.fromPage), zip);
}

/** By the four bytes with which every zip that has a file begins. */
function isZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, at) => bytes[at] === byte);
}

/** @throws JobRefusal where runs have no space */
export async function requireSpace(artifacts: string, freeBytes = bytesFree): Promise<void> {
  const free = await freeBytes(artifacts);
  if (free >= trainingLimits.freeBytes) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new JobRefusal(
    "PRECONDITION_FAILED",
    `expected ${gigabytes(trainingLimits.freeBytes)} of free space for runs but there are ${gigabytes(free)}; free some`,
  );
}

/** Images a second of the last training on an engine, of a list that begins with the newest. */
export function speedsOf(jobs: readonly Pick<JobView, "progress">[]): ReadonlyMap<string, number> {
  const speeds = new Map<string, number>();
  for (const { progress } of [...jobs].reverse()) {
    if (progress?.engine && progress.imagesPerSecond) speeds.set(progress.engine, Math.round(progress.imagesPerSecond));
  }
  return speeds;
}

async function bytesFree(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Begins an attempt's lines; where a killed trainer left half a line, that is ended first. */
async function appendAttempt(path: string, { attempt, resumes }: { attempt: number; resumes: boolean }): Promise<void> {
  const whole = await endsLine(path);
  await appendFile(path, `${whole ? "" : "\n"}${eventLine({ event: "attempt", attempt, resumes })}`);
}

async function endsLine(path: string): Promise<boolean> {
  if (!existsSync(path)) return true;
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (size === 0) return true;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] === 10;
  } finally {
    await file.close();
  }
}

/** Where the events after a place begin, in a list in order. */
function firstAfter(events: readonly PlacedEvent[], place: EventPlace): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(events[middle] as PlacedEvent, place)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** All but steps, and of these some, the last among them. */
function thinned(events: readonly PlacedEvent[]): PlacedEvent[] {
  const isStep = ({ event: { event } }: PlacedEvent) => event === "step";
  const every = Math.ceil(events.filter(isStep).length / stepsAtFirst);
  const last = events.findLast(isStep);
  let count = 0;
  return events.filter((one) => !isStep(one) || one === last || count++ % every === 0);
}
