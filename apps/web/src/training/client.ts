import type { EngineName } from "./engines/engine.ts";
import type { Asked, Told } from "./messages.ts";

/** The training worker's programs, as the build has laid them down: with WASM, and with the engines of GPUs. */
const program = process.env.TRAINING_WORKER as string;
const gpuProgram = process.env.TRAINING_GPU_WORKER as string;

/** Loads what writes Keras's files into the browser's cache; a worker, which stands still while it loads, has it then at once. */
export async function fetchKerasProgram(): Promise<void> {
  const answer = await fetch(program.replace(/[^/]*$/, "keras.js"));
  await answer.arrayBuffer();
}

/** Which build of the programs this is: what was found out about another does not hold. */
export const trainingProgram = program;

/** The page's end of a training: what is asked of its worker, and what it tells. */
export class TrainingClient {
  private readonly worker: Worker;

  constructor(engine: EngineName, onTold: (told: Told) => void) {
    this.worker = new Worker(engine === "wasm" ? program : gpuProgram);
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
