import type { TrainerEvent } from "@autoencoder/model/run";
import type { AskedTraining } from "./asked-training.ts";

/** Trainings that wait for a machine, and how machines take them. Both backends keep to it: `embedded` and `bullmq`. */
export interface JobQueue {
  /** Puts a training at the end of the queue; one that waits or runs already stays as it is, one that has ended begins anew. */
  add(job: PoolJob): Promise<void>;
  /** The training that is next, for `leaseTimes.seconds`; undefined where none waits. One whose lease ran out is given again. */
  lease(worker: string): Promise<Lease | undefined>;
  /** Holds it for as long again. `lost`: another machine may have it by now; `cancel`: somebody asked for its end. */
  renew(lease: Lease): Promise<Renewed>;
  /** Tells the newest event of a training to whoever lists it; nothing where the lease is lost. */
  progress(lease: Lease, event: TrainerEvent): Promise<void>;
  /** One that waits leaves the queue; of one that runs the worker hears at its next `renew`. */
  cancel(run: string): Promise<void>;
  /** Ends it, or gives it back to the queue (`waiting`). False where the lease was lost: then nothing is changed. */
  finish(lease: Lease, end: JobEnd): Promise<boolean>;
  /** The trainings that are known: those that run, those that wait in their order, and those that ended last. */
  list(): Promise<QueuedJob[]>;
  /** The mark of the folder of runs that goes with this queue; one that is given is kept where there is none yet. */
  folderMark(mark?: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** A training as it is put into the queue: what is asked for, under a name that no other has. */
export interface PoolJob {
  run: string;
  asked: AskedTraining;
}

/** A training that a worker has. */
export interface Lease extends PoolJob {
  /** Proves that it is this lease, not a later one. */
  token: string;
}

export type Renewed = "held" | "cancel" | "lost";

export interface JobEnd {
  state: "finished" | "stopped" | "failed" | "waiting";
  /** Why it failed, or what is saved of it, in a sentence. */
  said?: string | undefined;
}

export interface QueuedJob extends PoolJob {
  state: "waiting" | "running" | "stopped" | "finished" | "failed";
  /** ISO 8601. */
  added: string;
  /** Its worker was asked to end it. */
  stopping: boolean;
  /** Who has it, while it runs. */
  worker?: string | undefined;
  said?: string | undefined;
  event?: TrainerEvent | undefined;
}

/** How queues are opened. */
export interface QueueSettings {
  leaseSeconds?: number;
}

/**
 * Seconds for which a machine holds a training without a word, and between two of its words. One that is gone is taken over
 * after the first and at most twice `look` more. A worker only spawns and relays, so that five words in a row fail only with
 * the machine, its network or the queue.
 */
export const leaseTimes = { seconds: 15, renew: 3, look: 5 } as const;

/** Trainings that ended and are still listed. */
export const mostEnded = 50;
