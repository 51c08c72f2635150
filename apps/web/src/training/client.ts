import type { Asked, Told } from "./messages.ts";

/** The training worker's program, as the build has laid it down. */
const program = process.env.TRAINING_WORKER as string;

/** The page's end of a training: what is asked of its worker, and what it tells. */
export class TrainingClient {
  private readonly worker: Worker;

  constructor(onTold: (told: Told) => void) {
    this.worker = new Worker(program);
    this.worker.onmessage = ({ data }: MessageEvent<Told>) => onTold(data);
    const lost = (sentence: string) => onTold({ tell: "problem", code: "lost", sentence });
    this.worker.onerror = (event) => {
      event.preventDefault();
      lost(`The training’s worker ended: ${event.message || "its program did not load"}.`);
    };
    this.worker.onmessageerror = () => lost("An answer of the training’s worker did not arrive whole.");
  }

  ask(asked: Asked, transfer: readonly ArrayBufferView[] = []): void {
    this.worker.postMessage(
      asked,
      transfer.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }

  close(): void {
    this.worker.terminate();
  }
}
