import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  type AskedTraining,
  attemptFolder,
  attemptsOf,
  EventFile,
  type JobQueue,
  markFolder,
  nameOfTraining,
  type QueuedJob,
} from "@autoencoder/jobs";
import { advance, type TrainingProgress, workFiles } from "@autoencoder/model/run";
import { freeName, JobRefusal, type JobView, requireSpace, type Told, type Trainings, writeZip } from "./jobs.ts";

/** Trainings that may wait on a pool: a class presses the button at once. */
const mostWaiting = 500;
/** Milliseconds between two looks at the queue and at what trainers told, while somebody listens. */
const look = 500;

/**
 * The trainings of a pool: this server puts them into the queue, `npm run worker` on each machine takes them, and what they
 * tell lies in the folder that all share. Several run at once, so readers get the list with its progress, not single events.
 */
export class PoolTrainings implements Trainings {
  readonly place = "pool";
  readonly #artifacts: string;
  readonly #files = new Map<string, EventFile>();
  readonly #closing = new AbortController();
  /** What readers are told, looked at once for all of them. */
  #views: { at: number; jobs: Promise<JobView[]> } | undefined;

  constructor(
    private readonly queue: JobQueue,
    artifacts: string,
  ) {
    this.#artifacts = resolve(artifacts);
  }

  /** Marks the folder, so that workers know it. @throws Error where the queue goes with another one */
  async open(): Promise<void> {
    await markFolder(this.queue, this.#artifacts);
  }

  close(): void {
    this.#closing.abort();
    void this.queue.close();
  }

  async start(asked: AskedTraining, zip?: Uint8Array): Promise<string> {
    const known = await this.queue.list();
    if (known.filter(({ state }) => state === "waiting").length >= mostWaiting) {
      const full = `expected at most ${mostWaiting} trainings in the queue but they are there`;
      throw new JobRefusal("TOO_MANY_REQUESTS", `${full}; wait for one, or cancel one`);
    }
    await this.#requireOwnFolder();
    await requireSpace(this.#artifacts);
    const run = freeName(this.#artifacts, nameOfTraining(asked), known);
    if (zip) await writeZip(join(this.#artifacts, ".work", run), zip);
    // The fastest of one machine may be missing on the next, which could not go on with it then.
    await this.queue.add({ run, asked: { ...asked, engine: asked.engine ?? "wasm" } });
    this.#views = undefined;
    return run;
  }

  async cancel(run: string): Promise<void> {
    const { state } = await this.#find(run);
    if (state !== "waiting" && state !== "running") {
      throw new JobRefusal("CONFLICT", `expected a training that waits or runs but ${run} has ${state}`);
    }
    await this.queue.cancel(run);
    this.#views = undefined;
  }

  async resume(run: string): Promise<void> {
    const { state, asked } = await this.#find(run);
    if (state !== "stopped" && state !== "failed") {
      throw new JobRefusal("CONFLICT", `expected a training that was stopped or has failed but ${run} is ${state}`);
    }
    await requireSpace(this.#artifacts);
    await this.queue.add({ run, asked });
    this.#views = undefined;
  }

  list(): Promise<JobView[]> {
    if (!this.#views || performance.now() - this.#views.at >= look) {
      this.#views = { at: performance.now(), jobs: this.#look() };
    }
    return this.#views.jobs;
  }

  async *told(_after: unknown, reader: AbortSignal): AsyncGenerator<Told, void> {
    const signal = AbortSignal.any([reader, this.#closing.signal]);
    let last: string | undefined;
    while (!reader.aborted) {
      this.#closing.signal.throwIfAborted();
      const jobs = await this.list();
      const text = JSON.stringify(jobs);
      if (text !== last) yield { kind: "jobs", jobs };
      last = text;
      await wait(look, undefined, { signal }).catch(() => {});
    }
  }

  async #look(): Promise<JobView[]> {
    const jobs = await this.queue.list();
    const queue = jobs.filter(({ state }) => state === "waiting");
    return Promise.all(jobs.map((job) => this.#view(job, queue)));
  }

  async #view({ run, asked, added, state, stopping, said }: QueuedJob, queue: QueuedJob[]): Promise<JobView> {
    const before = state === "waiting" ? queue.findIndex((job) => job.run === run) + 1 : undefined;
    let progress = state === "waiting" ? undefined : await this.#progress(run);
    // Its own pages draw the line of a run that is published.
    if (progress && state === "finished") progress = { ...progress, phase: "published", points: [] };
    return { run, asked, added, state, stopping, before, said, progress };
  }

  /** How far a run came, over its attempts. */
  async #progress(run: string): Promise<TrainingProgress | undefined> {
    const work = join(this.#artifacts, ".work", run);
    let progress: TrainingProgress | undefined;
    for (const attempt of await attemptsOf(work)) {
      const path = join(attemptFolder(work, attempt), workFiles.events);
      const file = this.#files.get(path) ?? new EventFile(path);
      this.#files.set(path, file);
      await file.read();
      for (const { event } of file.events) progress = advance(progress, event);
    }
    return progress;
  }

  /** It is marked again where the queue has lost all that it knew. @throws JobRefusal where it goes with another folder */
  async #requireOwnFolder(): Promise<void> {
    await this.open().catch(({ message }: Error) => {
      throw new JobRefusal("PRECONDITION_FAILED", message);
    });
  }

  async #find(run: string): Promise<QueuedJob> {
    const job = (await this.queue.list()).find((one) => one.run === run);
    if (!job) throw new JobRefusal("NOT_FOUND", `there is no training ${run} here; load the page again`);
    return job;
  }
}
