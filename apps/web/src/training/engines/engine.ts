/** The ways to compute in a page, in the shape of the trainer's engines (`apps/trainer/src/engines`), and with their promises. */

/** By their names in messages and in what the page keeps. */
export const engineNames = ["wasm", "webgl", "webgpu"] as const;
export type EngineName = (typeof engineNames)[number];

/** As the page writes them. */
export const engineLabels: Readonly<Record<EngineName, string>> = { wasm: "WASM", webgl: "WebGL", webgpu: "WebGPU" };

/** Whether an engine can start here: without starting it. */
export type Probe = { available: true } | { available: false; reason: string };

/** What the page says of an engine that has started. */
export interface EngineInfo {
  name: EngineName;
  /** What computes, as the browser names it. */
  device: string;
}

export interface StartOptions {
  /** Where the worker's program lies, with a slash at its end. */
  folder: string;
  /** Takes a program that stands in for a GPU as well: for tests, on machines that have no other. */
  software: boolean;
  /** Is told at once when what computes is lost, also while nobody asks it for anything. */
  onLost: (error: EngineLostError) => void;
}

export interface Engine {
  name: EngineName;
  probe(): Probe;
  /** Makes it tfjs's active backend. @throws Error when it cannot; it never falls back to another. */
  start(options: StartOptions): Promise<EngineInfo>;
}

/** What computes was lost: the numbers that it would give from here on are not to be trusted. */
export class EngineLostError extends Error {
  override name = "EngineLostError";
}

/** The browser gave no more memory. */
export class MemoryRefusedError extends Error {
  override name = "MemoryRefusedError";
}

/** Whether a program computes in a GPU's place: Google's SwiftShader, Mesa's llvmpipe, Microsoft's WARP. @param device its name */
export function isSoftware(device: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i.test(device);
}

/** @throws Error where a program stands in for a GPU and that is not wanted */
export function refuseSoftware(name: EngineName, device: string, { software }: StartOptions): void {
  if (software || !isSoftware(device)) return;
  throw new Error(
    `${engineLabels[name]} is not used: it needs a graphics chip, but a program stands in for one here (${device}), and that is slower than WASM.`,
  );
}
