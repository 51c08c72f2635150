import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { ModelProblem } from "./model-problem.ts";

/** The file that the build lays beside the worker: the build with SIMD; the one with threads needs special headers. */
const wasmFile = "tfjs-backend-wasm-simd.wasm";

let started: Promise<void> | undefined;

/** Starts tfjs's WebAssembly backend from the folder the worker came from; once, if it succeeds. @throws ModelProblem */
export function startBackend(folder: string): Promise<void> {
  started ??= start(folder).catch((error) => {
    started = undefined; // a lost connection may come back
    throw error;
  });
  return started;
}

async function start(folder: string): Promise<void> {
  await checkWebAssembly();
  const bytes = await fetchWasm(`${folder}${wasmFile}`);
  // tfjs waits for ever when its own request fails, so the bytes are fetched first and handed to it.
  const { platform } = tf.env();
  platform.fetch = async () => new Response(bytes, { headers: { "content-type": "application/wasm" } });
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths(folder, true);
  const ready = await tf.setBackend("wasm").catch(() => false);
  if (!ready) throw new ModelProblem("wasm", "WebAssembly did not start in this browser, so nothing here can be live.");
  await tf.ready();
}

async function checkWebAssembly(): Promise<void> {
  if (typeof WebAssembly === "undefined") {
    throw new ModelProblem("wasm", "This browser has no WebAssembly, which the live network needs.");
  }
  try {
    await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)); // the smallest module there is
  } catch (cause) {
    throw new ModelProblem("wasm", "This browser or its settings block WebAssembly, which the live network needs.", {
      cause,
    });
  }
  if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) {
    throw new ModelProblem(
      "wasm",
      "This browser's WebAssembly is too old (no SIMD); a newer browser makes the page live.",
    );
  }
}

async function fetchWasm(address: string): Promise<ArrayBuffer> {
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) {
    const got = response ? `the server answered ${response.status}` : "the connection failed";
    throw new ModelProblem("network", `The live network's program did not load: ${got}.`);
  }
  return response.arrayBuffer();
}
