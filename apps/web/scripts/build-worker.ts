import { copyFile, mkdir, readFile, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Bundles the model worker into public/model-worker/, with tfjs's WASM file beside it. Not left to the site's bundler:
 * its production builds have lost workers before (next.js issues 94015 and 98841).
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "public", "model-worker");
const wasmFile = "tfjs-backend-wasm-simd.wasm";

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await build({
  entryPoints: [join(root, "src", "network", "worker.ts")],
  outfile: join(folder, "worker.js"),
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
});
const tfjsWasm = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
await copyFile(join(tfjsWasm, wasmFile), join(folder, wasmFile));

const sizes = await Promise.all(
  ["worker.js", wasmFile].map(async (name) => {
    const path = join(folder, name);
    const { size } = await stat(path);
    return `${name} ${kB(size)} (${kB(gzipSync(await readFile(path)).length)} gzip)`;
  }),
);
console.log(`model worker: ${sizes.join(", ")}`);

function kB(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
