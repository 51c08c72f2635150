import { fastestEngine } from "../native/addon.ts";
import { webgpuIsFastest } from "../native/dawn.ts";
import { cuda } from "./cuda.ts";
import { type Engine, type EngineName, engineNames } from "./engine.ts";
import { native } from "./native.ts";
import { wasm } from "./wasm.ts";
import { webgpu, webgpuUnasked } from "./webgpu.ts";

/** Every way to compute, by its name. */
export const engines: Record<EngineName, Engine> = { cuda, native, webgpu, wasm };
/** The same where none is asked for. */
const unasked = { ...engines, webgpu: webgpuUnasked };

/** The engine that will be used, and how a faster one could be had. */
export interface Choice {
  engine: Engine;
  /** Why it was chosen, for people. */
  why: string;
  /** A command that would make a faster engine available. */
  faster?: string;
}

/**
 * The engine that measured fastest here, then the others. WebGPU is taken only where it is that one: what a GPU gains on a
 * small network must be measured, and what WebGPU calls a GPU may be a program.
 */
export function inOrder(measured: EngineName | undefined): readonly EngineName[] {
  const others = engineNames.filter((name) => name !== measured && name !== "webgpu");
  return measured ? [measured, ...others] : others;
}

/**
 * The engine asked for, or the first that can start here of the fastest measured, cuda, native, wasm.
 * @throws Error when the engine asked for cannot start: it is never replaced by another.
 */
export function chooseEngine(asked: EngineName | undefined): Choice {
  if (asked) {
    const probe = engines[asked].probe();
    if (probe.available) return { engine: engines[asked], why: "asked for" };
    const mend = probe.command ? `run ${probe.command} first` : "choose another --engine";
    throw new Error(`engine ${asked}: expected it to be available but ${probe.reason}; ${mend}`);
  }
  const reasons: string[] = [];
  for (const name of inOrder(webgpuIsFastest() ? "webgpu" : fastestEngine())) {
    const engine = unasked[name];
    const probe = engine.probe();
    if (probe.available) {
      const why = reasons.length > 0 ? reasons.join("; ") : "the fastest there is";
      const nativeProbe = native.probe();
      const faster = name === "wasm" && !nativeProbe.available ? nativeProbe.command : undefined;
      return faster ? { engine, why, faster } : { engine, why };
    }
    reasons.push(`no ${name}: ${probe.reason}`);
  }
  throw new Error("no engine can start here: expected at least wasm, which comes with npm; run npm ci");
}
