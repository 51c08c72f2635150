import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { runName, type TrainerEvent, trainerEvent } from "@autoencoder/model/run";
import { z } from "zod";
import { askedTraining } from "./asked-training.ts";
import { writeWhole } from "./files.ts";
import {
  type JobEnd,
  type JobQueue,
  type Lease,
  leaseTimes,
  mostEnded,
  type PoolJob,
  type QueuedJob,
  type QueueSettings,
  type Renewed,
} from "./queue.ts";

const keptJob = z.strictObject({
  run: runName,
  asked: askedTraining,
  state: z.enum(["waiting", "running", "stopped", "finished", "failed"]),
  added: z.string(),
  worker: z.string().optional(),
  /** Of the lease, and when it runs out: milliseconds since 1970. Machines of a pool have their clocks within seconds. */
  token: z.string().optional(),
  until: z.number().optional(),
  stopping: z.boolean().optional(),
  said: z.string().optional(),
  event: trainerEvent.optional(),
});
type KeptJob = z.infer<typeof keptJob>;
const keptFile = z.strictObject({ mark: z.string().optional(), jobs: z.array(keptJob) });
type KeptFile = z.infer<typeof keptFile>;

/** Milliseconds after which the file's lock is a dead process's; changes take a few, so that a stopped one has long lost. */
const lockHolds = 10_000;

/** A queue in one file, `.work/pool.json` of the folder that the machines share: for a few machines without a Redis. */
export class EmbeddedQueue implements JobQueue {
  readonly #path: string;
  readonly #milliseconds: number;

  constructor(artifacts: string, { leaseSeconds = leaseTimes.seconds }: QueueSettings = {}) {
    this.#path = join(resolve(artifacts), ".work", "pool.json");
    this.#milliseconds = leaseSeconds * 1000;
  }

  add({ run, asked }: PoolJob): Promise<void> {
    return this.#change((jobs) => {
      const known = jobs.findIndex((job) => job.run === run);
      if (known >= 0 && ["waiting", "running"].includes(jobs[known]?.state ?? "")) return;
      if (known >= 0) jobs.splice(known, 1);
      jobs.push({ run, asked, state: "waiting", added: new Date().toISOString() });
    });
  }

  lease(worker: string): Promise<Lease | undefined> {
    return this.#change((jobs) => {
      const isFree = ({ state, until = 0 }: KeptJob) =>
        state === "waiting" || (state === "running" && until <= Date.now());
      const next = jobs.find(isFree);
      if (!next) return undefined;
      const token = randomUUID();
      Object.assign(next, { state: "running", worker, token, until: Date.now() + this.#milliseconds });
      return { run: next.run, asked: next.asked, token };
    });
  }

  async renew(lease: Lease): Promise<Renewed> {
    return this.#change((jobs) => {
      const job = heldBy(lease, jobs);
      if (!job) return "lost";
      job.until = Date.now() + this.#milliseconds;
      return job.stopping ? "cancel" : "held";
    });
  }

  progress(lease: Lease, event: TrainerEvent): Promise<void> {
    return this.#change((jobs) => {
      const job = heldBy(lease, jobs);
      if (job) job.event = event;
    });
  }

  cancel(run: string): Promise<void> {
    return this.#change((jobs) => {
      const job = jobs.find((one) => one.run === run);
      if (job?.state === "waiting") jobs.splice(jobs.indexOf(job), 1);
      else if (job?.state === "running") job.stopping = true;
    });
  }

  finish(lease: Lease, { state, said }: JobEnd): Promise<boolean> {
    return this.#change((jobs) => {
      const job = heldBy(lease, jobs);
      if (!job) return false;
      const { run, asked, added, event } = job;
      jobs.splice(jobs.indexOf(job), 1);
      const ended = { run, asked, added, state, ...(said !== undefined && { said }), ...(event && { event }) };
      if (state === "waiting") jobs.unshift(ended);
      else jobs.push(ended);
      const over = jobs.filter((one) => one.state !== "waiting" && one.state !== "running").slice(0, -mostEnded);
      for (const one of over) jobs.splice(jobs.indexOf(one), 1);
      return true;
    });
  }

  async list(): Promise<QueuedJob[]> {
    const { jobs } = await this.#read();
    const of = (...states: KeptJob["state"][]) => jobs.filter(({ state }) => states.includes(state));
    const inOrder = [...of("running"), ...of("waiting"), ...of("stopped", "finished", "failed").reverse()];
    return inOrder.map(({ token: _, until: __, stopping = false, ...job }) => ({ ...job, stopping }));
  }

  folderMark(mark?: string): Promise<string | undefined> {
    return this.#change((_, file) => {
      if (mark !== undefined) file.mark ??= mark;
      return file.mark;
    });
  }

  async close(): Promise<void> {}

  async #read(): Promise<KeptFile> {
    const text = await readFile(this.#path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return '{"jobs":[]}';
      throw error;
    });
    try {
      return keptFile.parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(`expected the queue in ${this.#path} but it is something else; move it away`, { cause });
    }
  }

  /** Reads the file, changes it and writes it, while no other machine does. */
  async #change<Value>(work: (jobs: KeptJob[], file: KeptFile) => Value): Promise<Value> {
    const lock = `${this.#path}.lock`;
    await mkdir(join(this.#path, ".."), { recursive: true });
    await takeLock(lock);
    try {
      const file = await this.#read();
      const before = JSON.stringify(file);
      const value = work(file.jobs, file);
      if (JSON.stringify(file) !== before) await writeWhole(this.#path, `${JSON.stringify(file, null, 1)}\n`);
      return value;
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }
}

function heldBy({ run, token }: Lease, jobs: readonly KeptJob[]): KeptJob | undefined {
  return jobs.find((job) => job.run === run && job.state === "running" && job.token === token);
}

/** A folder that one process at a time can make. @throws Error where it stays another's */
async function takeLock(path: string): Promise<void> {
  for (const end = Date.now() + 2 * lockHolds; Date.now() < end; ) {
    try {
      await mkdir(path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const made = await stat(path).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > lockHolds) {
      // Moved before it is removed: of all who find it old one does.
      const old = `${path}.${randomUUID()}`;
      await rename(path, old).then(
        () => rm(old, { recursive: true, force: true }),
        () => {},
      );
    }
    await wait(5 + Math.random() * 20);
  }
  throw new Error(`expected the queue's lock ${path} to be free but another process keeps it; remove it if none runs`);
}
