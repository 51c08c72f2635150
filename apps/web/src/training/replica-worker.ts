import {
  type ReplicaAnswer,
  type ReplicaOf,
  type ReplicaRequest,
  type TrainingWorker,
  WorkerLostError,
} from "@autoencoder/model/data-parallel";
import type { AskedOfReplica, ToldByReplica } from "./messages.ts";

/** A replica in a worker of its own, which runs the training worker's program. */
export class ReplicaWorker implements TrainingWorker {
  private readonly worker: Worker;
  private lost: WorkerLostError | undefined;
  private waiting: { resolve: (answer: ReplicaAnswer) => void; reject: (reason: Error) => void } | undefined;

  /** @param name what it is called in errors: `worker 2 of 4` */
  constructor(
    private readonly name: string,
    program: string,
    of: ReplicaOf,
  ) {
    this.worker = new Worker(program);
    this.worker.onmessage = ({ data }: MessageEvent<ToldByReplica>) => {
      if ("failed" in data) return this.lose(data.failed);
      this.waiting?.resolve(data);
      this.waiting = undefined;
    };
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.lose(event.message || "its program did not start");
    };
    this.worker.postMessage({ replica: of } satisfies AskedOfReplica);
  }

  ask(request: ReplicaRequest): Promise<ReplicaAnswer> {
    const moved = Object.values(request).filter((part) => part instanceof Float32Array);
    return new Promise((resolve, reject) => {
      if (this.lost) reject(this.lost);
      else {
        this.waiting = { resolve, reject };
        const buffers = moved.map((part) => part.buffer as ArrayBuffer);
        this.worker.postMessage(request satisfies AskedOfReplica, buffers);
      }
    });
  }

  async close(): Promise<void> {
    this.worker.terminate();
    this.lose("it was closed");
  }

  private lose(reason: string): void {
    this.lost ??= new WorkerLostError(`${this.name} is gone: ${reason}`);
    this.waiting?.reject(this.lost);
    this.waiting = undefined;
  }
}
