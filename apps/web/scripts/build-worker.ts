import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Bundles the workers' programs, of the network that is loaded and of the one that is trained, on WASM or on a GPU, into
 * public/model-worker/HASH/, with tfjs's WASM file beside them, and writes their addresses into public/model-worker/address.json, from which
 * next.config.ts hands them to the page. HASH is that of all files, so that a browser may keep them for good. Not left to the site's bundler: its production builds have lost workers before
 * (next.js issues 94015 and 98841).
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "public", "model-worker");
const wasmFile = "tfjs-backend-wasm-simd.wasm";

/** Each program by its file. */
const entries = {
  "worker.js": "src/network/worker.ts",
  "training.js": "src/training/engines/wasm-program.ts",
  "training-gpu.js": "src/training/engines/gpu-program.ts",
  "keras.js": "src/training/keras-program.ts",
};

const programs = await Promise.all(
  Object.entries(entries).map(async ([name, entry]): Promise<[string, Uint8Array]> => {
    const { outputFiles } = await build({
      entryPoints: [join(root, entry)],
      bundle: true,
      write: false,
      minify: true,
      format: "iife",
      platform: "browser",
      target: "es2022",
      legalComments: "none",
      logLevel: "warning",
      define: { "process.env.NODE_ENV": '"production"' },
    });
    const program = outputFiles[0]?.contents;
    if (!program) throw new Error(`expected esbuild to give one file for ${entry} but it gave none`);
    return [name, program];
  }),
);
const tfjsWasm = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
const wasm = await readFile(join(tfjsWasm, wasmFile));
const files = [...programs, [wasmFile, wasm] as const];
const hashed = createHash("sha256");
for (const [, bytes] of files) hashed.update(bytes);
const hash = hashed.digest("hex").slice(0, 16);

await rm(folder, { recursive: true, force: true });
await mkdir(join(folder, hash), { recursive: true });
const sizes = await Promise.all(
  files.map(async ([name, bytes]) => {
    await writeFile(join(folder, hash, name), bytes);
    return `${name} ${kB(bytes.length)} (${kB(gzipSync(bytes).length)} gzip)`;
  }),
);
const address = (name: keyof typeof entries) => `/model-worker/${hash}/${name}`;
const addresses = {
  worker: address("worker.js"),
  training: address("training.js"),
  trainingGpu: address("training-gpu.js"),
};
await writeFile(join(folder, "address.json"), `${JSON.stringify(addresses)}\n`);
console.log(`workers: ${sizes.join(", ")}`);

function kB(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
