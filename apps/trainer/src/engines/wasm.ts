import { cpus } from "node:os";
import { Replica } from "@autoencoder/model/data-parallel";
import type { Engine } from "./engine.ts";
import { ThreadWorker } from "./thread-worker.ts";
import { startWasm } from "./wasm-backend.ts";

/** tfjs's WebAssembly backend: comes with npm, needs nothing else, computes with SIMD in one thread, and in more by shards. */
export const wasm: Engine = {
  name: "wasm",
  probe: () => ({ available: true }),
  async start() {
    const versions = await startWasm();
    return { name: "wasm", device: cpus()[0]?.model.trim() ?? "unknown CPU", versions, workers: 1 };
  },
  openWorkers(of, count) {
    if (count === 1) return [new Replica(of)];
    return Array.from({ length: count }, (_, at) => new ThreadWorker(`worker ${at + 1} of ${count}`, of));
  },
};
