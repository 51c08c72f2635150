import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Bundles the model worker into public/model-worker/HASH/, with tfjs's WASM file beside it, and writes its address into
 * public/model-worker/address.json, from which next.config.ts hands it to the page. HASH is that of both files, so that a
 * browser may keep them for good. Not left to the site's bundler: its production builds have lost workers before
 * (next.js issues 94015 and 98841).
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "public", "model-worker");
const wasmFile = "tfjs-backend-wasm-simd.wasm";

const { outputFiles } = await build({
  entryPoints: [join(root, "src", "network", "worker.ts")],
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
if (!program) throw new Error("expected esbuild to give one file for src/network/worker.ts but it gave none");
const tfjsWasm = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
const wasm = await readFile(join(tfjsWasm, wasmFile));
const hash = createHash("sha256").update(program).update(wasm).digest("hex").slice(0, 16);

await rm(folder, { recursive: true, force: true });
await mkdir(join(folder, hash), { recursive: true });
const sizes = await Promise.all(
  Object.entries({ "worker.js": program, [wasmFile]: wasm }).map(async ([name, bytes]) => {
    await writeFile(join(folder, hash, name), bytes);
    return `${name} ${kB(bytes.length)} (${kB(gzipSync(bytes).length)} gzip)`;
  }),
);
await writeFile(join(folder, "address.json"), `${JSON.stringify({ worker: `/model-worker/${hash}/worker.js` })}\n`);
console.log(`model worker: ${sizes.join(", ")}`);

function kB(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
