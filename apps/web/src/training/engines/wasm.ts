import { registerFastGradients, registerWasmGradients } from "@autoencoder/model/gradients";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../network/backend.ts";
import { type Engine, MemoryRefusedError } from "./engine.ts";

/** tfjs's WebAssembly backend, with SIMD in one thread: the page's first choice, and the one whose bits are the same everywhere. */
export const wasm: Engine = {
  name: "wasm",
  probe: () =>
    typeof WebAssembly === "undefined"
      ? { available: false, reason: "This browser has no WebAssembly." }
      : { available: true },
  async start({ folder }) {
    await startBackend(folder);
    registerFastGradients();
    registerWasmGradients();
    throwWhereRefused(tf.backend() as BackendWasm);
    return { name: "wasm", device: "the processor" };
  },
};

/** tfjs takes memory without a look at whether there was any: place 0 stands for none, and it would write there. */
function throwWhereRefused(backend: BackendWasm): void {
  const memory = backend.wasm as unknown as { _malloc(bytes: number): number };
  memory._malloc(0); // with its first call the function puts another in its place
  const take = memory._malloc.bind(memory);
  memory._malloc = (bytes) => {
    const place = take(bytes);
    if (place !== 0 || bytes === 0) return place;
    throw new MemoryRefusedError(
      `The browser gave the training’s worker no more memory (${(bytes / 1e6).toFixed(1)} MB more were asked for).`,
    );
  };
}
