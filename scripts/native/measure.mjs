// Which way of computing is the fastest on this machine: measured once by `npm run native`, kept in the stamp.
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { CommandError, root, say } from "../lib/process.mjs";

/** A way has to be this much faster than the one before it to be taken: less is noise. */
export const margin = 1.02;
/** Each way is measured this often, one after the other, and its best is taken: another program may disturb one of them. */
const rounds = 2;

/**
 * Times the assignment's training step in every way that may be the fastest: with oneDNN and without, on all cores and on
 * half of them, which are the physical ones where each has two threads; and on the GPU, where there is one. The wasm engine is
 * not timed: on the same cores it is several times slower. Figures are printed and not kept, since no two measurements agree.
 * @returns { engine, oneDnn, threads }
 */
export function measureFastest(device) {
  const ways = waysToCompute(device).map((way) => ({ ...way, milliseconds: Number.POSITIVE_INFINITY }));
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) way.milliseconds = Math.min(way.milliseconds, stepTime(way).milliseconds);
  }
  for (const way of ways) say(`  ${inWords(way)}: ${way.milliseconds.toFixed(0)} ms for a batch of 128`);
  const { milliseconds: _, ...fastest } = ways.reduce((best, way) =>
    way.milliseconds * margin < best.milliseconds ? way : best,
  );
  return fastest;
}

function waysToCompute(device) {
  const cores = availableParallelism();
  const ways = (cores >= 4 ? [cores, Math.floor(cores / 2)] : [cores]).flatMap((threads) =>
    [false, true].map((oneDnn) => ({ engine: "native", oneDnn, threads })),
  );
  return device === "cuda" ? [{ engine: "cuda", oneDnn: false, threads: cores }, ...ways] : ways;
}

export function inWords({ engine, oneDnn, threads }) {
  return `${engine}, ${oneDnn ? "oneDNN" : "no oneDNN"}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}

/**
 * Times a training step in a process of its own: TensorFlow reads its settings once.
 * @param how what TensorFlow is told (oneDnn, threads), or in how many workers an engine spreads its batches
 * @returns { milliseconds, processor, gigaflops }: of a step on the wall and of all cores, and what a product of matrices reaches
 */
export function stepTime({ engine, oneDnn = false, threads, eager = false, workers = 1 }) {
  const script = join(root, "apps", "trainer", "src", "engines", "measure.ts");
  const settings = { TF_ENABLE_ONEDNN_OPTS: oneDnn ? "1" : "0", ...(threads && { TF_NUM_INTRAOP_THREADS: threads }) };
  const args = [script, engine, "--workers", String(workers), ...(eager ? ["--eager"] : [])];
  const timed = spawnSync(process.execPath, ["--import", "tsx", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...settings },
  });
  if (timed.status === 0) return JSON.parse(timed.stdout.trim().split("\n").at(-1));
  const last = timed.stderr.trim().split("\n").at(-1) || `it ended with ${timed.signal ?? `code ${timed.status}`}`;
  throw new CommandError(`${engine} does not train: ${last}`);
}
