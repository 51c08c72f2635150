import { Worker } from "node:worker_threads";
import {
  type ReplicaAnswer,
  type ReplicaOf,
  type ReplicaRequest,
  type TrainingWorker,
  WorkerLostError,
} from "@autoencoder/model/data-parallel";

/** A replica on a thread of its own. */
export class ThreadWorker implements TrainingWorker {
  private readonly thread: Worker;
  private lost: WorkerLostError | undefined;
  private waiting: { resolve: (answer: ReplicaAnswer) => void; reject: (reason: Error) => void } | undefined;

  /** @param name what it is called in errors: `worker 2 of 4` */
  constructor(
    private readonly name: string,
    of: ReplicaOf,
  ) {
    this.thread = new Worker(new URL("./wasm-thread.mjs", import.meta.url), { workerData: of, execArgv: [] });
    this.thread.on("message", (answer: ReplicaAnswer) => {
      this.waiting?.resolve(answer);
      this.waiting = undefined;
    });
    this.thread.on("error", (cause) => this.lose(cause.message, cause));
    this.thread.on("exit", (code) => this.lose(`it ended with code ${code}`));
  }

  ask(request: ReplicaRequest): Promise<ReplicaAnswer> {
    return new Promise((resolve, reject) => {
      if (this.lost) return reject(this.lost);
      this.waiting = { resolve, reject };
      const { pixels, weights } = request;
      const buffers = [pixels, ...(weights ? [weights] : [])].map(({ buffer }) => buffer as ArrayBuffer);
      this.thread.postMessage(request, buffers);
    });
  }

  async close(): Promise<void> {
    this.thread.removeAllListeners();
    await this.thread.terminate();
  }

  private lose(reason: string, cause?: Error): void {
    this.lost ??= new WorkerLostError(`${this.name} is gone: ${reason}`, { cause });
    this.waiting?.reject(this.lost);
    this.waiting = undefined;
  }
}
