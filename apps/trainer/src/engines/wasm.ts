import { cpus } from "node:os";
import type { Engine } from "./engine.ts";
import { startWasm } from "./wasm-backend.ts";

/** tfjs's WebAssembly backend: comes with npm, needs nothing else, computes with SIMD in one thread, and in more by shards. */
export const wasm: Engine = {
  name: "wasm",
  probe: () => ({ available: true }),
  async start() {
    const versions = await startWasm();
    return { name: "wasm", device: cpus()[0]?.model.trim() ?? "unknown CPU", versions, workers: 1 };
  },
};
