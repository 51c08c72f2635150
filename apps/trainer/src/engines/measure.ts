// Times the training step of the assignment's network: `npm run native` and `npm run bench -- train` ask it of every way to
// compute. Prints JSON: the milliseconds of a step, from the first batch's start to the last one's end, those of the processor,
// all cores together, and what a product of matrices reaches here.
// Usage: node --import tsx apps/trainer/src/engines/measure.ts ENGINE [--eager] [--workers N]
import { parseArgs } from "node:util";
import { createRandom } from "@autoencoder/data";
import { DataParallel } from "@autoencoder/model/data-parallel";
import { findRecipe } from "@autoencoder/model/recipes";
import { Trainer } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";
import { engines } from "./choose.ts";
import type { EngineName } from "./engine.ts";
import { defaultShards } from "./spread.ts";

/** Steps that are timed, after those in which the step is recorded, made a graph and checked. */
const [timed, before] = [12, 3];
const recipe = findRecipe("assignment");

async function timeSteps(parallel: DataParallel | undefined): Promise<{ milliseconds: number; processor: number }> {
  const { next } = createRandom(1);
  const trainer = new Trainer({ recipe, parallel, random: next, outputBias: 0, now: new Date().toISOString() });
  const pixels = Float32Array.from({ length: recipe.batchSize * 28 * 28 }, next);
  const train = (before + timed) * recipe.batchSize;
  const images = { train, validation: 0, order: () => new Uint32Array(train), gather: () => pixels };
  const clock = () => performance.now() / 1000;
  const ends: number[] = [0];
  const used: number[] = [];
  for await (const event of trainer.train(images, { clock, residentBytes: () => 0 })) {
    if (event.kind === "batch") ends.push(event.epochSeconds);
    const { user, system } = process.cpuUsage();
    used.push((user + system) / 1000);
    if (ends.length > before + timed) break;
  }
  const [start = 0, end = 0] = [ends[before], ends[before + timed]];
  const milliseconds = (1000 * (end - start)) / timed;
  const processor = ((used[before + timed - 1] as number) - (used[before - 1] as number)) / timed;
  return { milliseconds, processor };
}

/** Float32 operations a second, in 10⁹, of the best of a few products of 2048 × 2048 matrices. */
async function matrixGigaflops(): Promise<number> {
  const side = 2048;
  const matrix = tf.randomUniform<tf.Rank.R2>([side, side], 0, 1, "float32", 1);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    const product = tf.matMul(matrix, matrix);
    await product.data(); // WebGPU cannot be read in one piece with what it computes
    least = Math.min(least, (performance.now() - started) / 1000);
    product.dispose();
  }
  matrix.dispose();
  return (2 * side ** 3) / least / 1e9;
}

const options = { eager: { type: "boolean" }, workers: { type: "string" } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const engine = engines[positionals[0] as EngineName];
await engine.start({ eager: values.eager === true });
const workers = engine.openWorkers?.(recipe, Number(values.workers ?? 1));
const parallel = workers && new DataParallel(workers, { spec: recipe.spec, shards: defaultShards });
process.stdout.write(`${JSON.stringify({ ...(await timeSteps(parallel)), gigaflops: await matrixGigaflops() })}\n`);
process.exit(0);
