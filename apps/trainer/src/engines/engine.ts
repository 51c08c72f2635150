import type { ReplicaOf, TrainingWorker } from "@autoencoder/model/data-parallel";
import { trainEngines } from "@autoencoder/model/run";

/** A way to compute: a tfjs backend with what it needs registered, and what run.json records of it. */

export type EngineName = (typeof trainEngines)[number]["name"];
/** Engines in the order in which they are tried when none is asked for. */
export const engineNames: readonly EngineName[] = trainEngines.map(({ name }) => name);

/** Whether an engine can start here: without starting it. */
export type Probe = { available: true } | { available: false; reason: string; command?: string };

/** What run.json records about the engine. */
export interface EngineInfo {
  name: EngineName;
  device: string;
  versions: Record<string, string>;
  /** Threads or workers that compute. */
  workers: number;
  /** Where TensorFlow computes: whether its kernels are oneDNN's, and whether a step is one graph. */
  oneDnn?: boolean;
  graph?: boolean;
  /** Parts of a batch whose gradients are summed in order, on an engine that spreads them over workers. */
  shards?: number;
}

export interface StartOptions {
  /** Operation by operation, where the engine would otherwise run the training step as one graph. */
  eager?: boolean;
  /** Is told what a person should know of the engine, a line each; standard error without it. */
  warn?: (line: string) => unknown;
}

export interface Engine {
  name: EngineName;
  probe(): Probe;
  /** Makes it tfjs's active backend. @throws Error when it cannot; it never falls back to another. */
  start(options?: StartOptions): Promise<EngineInfo>;
  /** Opens workers that share the batches of a training, on an engine that computes in one thread. */
  openWorkers?(of: ReplicaOf, count: number): TrainingWorker[];
  /** Lets go of what would keep the process from ending. Does nothing where the engine was not started. */
  stop?(): void;
}
