import { randomUUID } from "node:crypto";
import { type TrainerEvent, trainerEvent } from "@autoencoder/model/run";
import { Job, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { z } from "zod";
import { askedTraining } from "./asked-training.ts";
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

const jobData = z.strictObject({ asked: askedTraining, stopping: z.boolean().optional() });
type JobData = z.infer<typeof jobData>;
const jobEnd = z.strictObject({ state: z.enum(["finished", "stopped", "failed"]), said: z.string().optional() });

/** How often a training may change hands: machines that were switched off are no reason to give one up. */
const mostTakeovers = 1000;
/** Milliseconds in which a Redis has to answer. */
const patience = 5_000;

/**
 * A queue on Redis or Valkey. BullMQ's jobs are taken, held and ended by hand, since a worker that trains is a process that
 * BullMQ does not start; docs/decisions/0023 says why.
 */
export class BullmqQueue implements JobQueue {
  readonly #queue: Queue<JobData>;
  readonly #milliseconds: number;
  #worker: Worker<JobData> | undefined;

  private constructor(
    private readonly redis: Redis,
    private readonly name: string,
    { leaseSeconds = leaseTimes.seconds }: QueueSettings,
  ) {
    this.#milliseconds = leaseSeconds * 1000;
    this.#queue = new Queue(name, { connection: redis });
    // What is asked meanwhile waits for the next connection; without a listener the process would end.
    this.#queue.on("error", () => {});
  }

  /** @param url `redis://` or `rediss://` @throws Error where no Redis answers there */
  static async open(url: string, settings: QueueSettings & { name?: string } = {}): Promise<BullmqQueue> {
    const redis = new Redis(url, { maxRetriesPerRequest: null, commandTimeout: patience });
    let problem = "it does not answer";
    redis.on("error", ({ message, code }: NodeJS.ErrnoException) => {
      problem = message || code || problem;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(resolve, patience, "late");
    });
    const answer = await Promise.race([redis.ping().catch(() => "late"), late]);
    clearTimeout(timer);
    if (answer === "late") {
      redis.disconnect();
      throw new Error(
        `expected a Redis at ${withoutPassword(url)} but ${problem}; start it, or set JOBS_URL to another`,
      );
    }
    return new BullmqQueue(redis, settings.name ?? "trainings", settings);
  }

  async add({ run, asked }: PoolJob): Promise<void> {
    const known = await this.#find(run);
    if (known && (await known.isCompleted())) await known.remove();
    // One that is there under this id already stays as it is.
    await this.#queue.add("train", { asked }, { jobId: run, removeOnComplete: { count: mostEnded } });
  }

  async lease(worker: string): Promise<Lease | undefined> {
    this.#worker ??= await this.#taker(worker);
    const token = randomUUID();
    const job = await this.#worker.getNextJob(token, { block: false });
    if (!job) return undefined;
    return { run: String(job.id), asked: jobData.parse(job.data).asked, token };
  }

  async #taker(name: string): Promise<Worker<JobData>> {
    const worker = new Worker<JobData>(this.name, null, {
      connection: this.redis,
      autorun: false,
      name,
      lockDuration: this.#milliseconds,
      stalledInterval: Math.min(leaseTimes.look * 1000, this.#milliseconds),
      maxStalledCount: mostTakeovers,
    });
    worker.on("error", () => {});
    await worker.startStalledCheckTimer();
    return worker;
  }

  async renew({ run, token }: Lease): Promise<Renewed> {
    const job = await this.#find(run);
    if (!job || !(await this.#holds(job, token))) return "lost";
    return job.data.stopping ? "cancel" : "held";
  }

  async #holds(job: Job<JobData>, token: string): Promise<boolean> {
    // It answers 0, or fails, where the lock has run out or is another's.
    return (await job.extendLock(token, this.#milliseconds).catch(whereLost)) === 1;
  }

  async progress({ run, token }: Lease, event: TrainerEvent): Promise<void> {
    const job = await this.#find(run);
    if (job && (await this.#holds(job, token))) await job.updateProgress(event);
  }

  async cancel(run: string): Promise<void> {
    const job = await this.#find(run);
    if (!job || (await job.isCompleted())) return;
    // Said before it is looked who has it: a worker that takes it in between hears of it.
    await job.updateData({ ...job.data, stopping: true });
    if (await job.isWaiting()) await job.remove().catch(() => {});
  }

  async finish({ run, token }: Lease, { state, said }: JobEnd): Promise<boolean> {
    const job = await this.#find(run);
    if (!job || !(await this.#holds(job, token))) return false;
    if (state === "waiting") await job.moveToWait(token);
    else await job.moveToCompleted({ state, ...(said !== undefined && { said }) }, token, false);
    return true;
  }

  async list(): Promise<QueuedJob[]> {
    const ended = this.#queue.getJobs(["completed"], 0, mostEnded - 1);
    const waiting = this.#queue.getJobs(["wait"], 0, -1, true);
    const lists = await Promise.all([this.#queue.getJobs(["active"]), waiting, ended]);
    const [running, waits, over] = lists.map((jobs) => jobs.filter(Boolean));
    return [
      ...(running ?? []).map((job) => viewOf(job, { state: "running" })),
      ...(waits ?? []).map((job) => viewOf(job, { state: "waiting" })),
      ...(over ?? []).map((job) => viewOf(job, jobEnd.parse(job.returnvalue))),
    ];
  }

  async folderMark(mark?: string): Promise<string | undefined> {
    const key = this.#queue.toKey("folder");
    if (mark !== undefined) await this.redis.set(key, mark, "NX");
    return (await this.redis.get(key)) ?? undefined;
  }

  async close(): Promise<void> {
    await this.#worker?.close(true);
    await this.#queue.close();
    this.redis.disconnect();
  }

  #find(run: string): Promise<Job<JobData> | undefined> {
    return Job.fromId<JobData>(this.#queue, run);
  }
}

/** A lock that is not ours is an answer; a Redis that fails is none. */
function whereLost(error: Error): 0 {
  if (/lock|missing key/i.test(error.message)) return 0;
  throw error;
}

function viewOf(job: Job<JobData>, end: Pick<QueuedJob, "state" | "said">): QueuedJob {
  const event = trainerEvent.safeParse(job.progress).data;
  const { asked, stopping = false } = jobData.parse(job.data);
  const worker = end.state === "running" ? job.processedBy : undefined;
  const added = new Date(job.timestamp).toISOString();
  return { run: String(job.id), asked, added, stopping, worker, said: end.said, state: end.state, event };
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//…@");
}
