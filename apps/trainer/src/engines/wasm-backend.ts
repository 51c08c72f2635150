import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { registerFastGradients, registerWasmGradients } from "@autoencoder/model/gradients";
import * as tf from "@tensorflow/tfjs-core";

const require = createRequire(import.meta.url);

/** Makes WebAssembly this thread's tfjs backend, with what training needs. @returns the versions of what computes */
export async function startWasm(): Promise<Record<string, string>> {
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
  return { node: process.versions.node, tfjs: tf.version_core, "tfjs-backend-wasm": version_wasm };
}
