import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { registerFastGradients, registerWasmGradients } from "@autoencoder/model/gradients";
import * as tf from "@tensorflow/tfjs-core";
import type { Engine } from "./engine.ts";

const require = createRequire(import.meta.url);

/** tfjs's WebAssembly backend: comes with npm, needs nothing else, computes in one thread with SIMD. */
export const wasm: Engine = {
  name: "wasm",
  probe: () => ({ available: true }),
  async start() {
    const { setWasmPaths, version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")), "/"));
    const before = {
      uncaught: process.listeners("uncaughtException"),
      rejected: process.listeners("unhandledRejection"),
    };
    if (!(await tf.setBackend("wasm")))
      throw new Error("engine wasm: WebAssembly did not start; use another Node version");
    await tf.ready();
    // The compiled module adds process-wide handlers that hide errors of ours.
    for (const listener of process.listeners("uncaughtException")) {
      if (!before.uncaught.includes(listener)) process.removeListener("uncaughtException", listener);
    }
    for (const listener of process.listeners("unhandledRejection")) {
      if (!before.rejected.includes(listener)) process.removeListener("unhandledRejection", listener);
    }
    registerFastGradients();
    registerWasmGradients();
    return {
      name: "wasm",
      device: cpus()[0]?.model.trim() ?? "unknown CPU",
      versions: { node: process.versions.node, tfjs: tf.version_core, "tfjs-backend-wasm": version_wasm },
      workers: 1,
    };
  },
};
