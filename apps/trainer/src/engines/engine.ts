/** A way to compute: a tfjs backend with what it needs registered and its facts for run.json. */

/** Engines in the order in which they are tried when none is asked for. */
export const engineNames = ["cuda", "native", "wasm"] as const;
export type EngineName = (typeof engineNames)[number];

/** Whether an engine can start here: without starting it. */
export type Probe = { available: true } | { available: false; reason: string; command?: string };

/** What run.json records about the engine. */
export interface EngineInfo {
  name: EngineName;
  device: string;
  versions: Record<string, string>;
  /** Threads or workers that compute. */
  workers: number;
}

export interface Engine {
  name: EngineName;
  /** One line for `--help`. */
  description: string;
  probe(): Probe;
  /** Makes it tfjs's active backend. @throws Error when it cannot; it never falls back to another. */
  start(): Promise<EngineInfo>;
}
