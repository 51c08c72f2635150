// Times the training step of the assignment's network: `npm run native` and `npm run bench -- train` ask it of every way to
// compute. Prints JSON: the milliseconds of a step, those of the processor, all cores together, and what a product of matrices
// reaches here.
// Usage: node --import tsx apps/trainer/src/engines/measure.ts native|cuda [eager]
import { createRandom } from "@autoencoder/data";
import { findRecipe } from "@autoencoder/model/recipes";
import { Trainer } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";
import { cuda } from "./cuda.ts";
import { native } from "./native.ts";

/** Steps that are timed, after those in which the step is recorded, made a graph and checked. */
const [timed, before] = [8, 3];
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] as number;

async function timeSteps(): Promise<{ milliseconds: number; processor: number }> {
  const recipe = findRecipe("assignment");
  const { next } = createRandom(1);
  const trainer = new Trainer({ recipe, random: next, outputBias: 0, now: new Date().toISOString() });
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
  const milliseconds = 1000 * median(ends.slice(before + 1).map((end, at) => end - (ends[before + at] as number)));
  const processor = ((used[before + timed - 1] as number) - (used[before - 1] as number)) / timed;
  return { milliseconds, processor };
}

/** Float32 operations a second, in 10⁹, of the best of a few products of 2048 × 2048 matrices. */
function matrixGigaflops(): number {
  const side = 2048;
  return tf.tidy(() => {
    const matrix = tf.randomUniform<tf.Rank.R2>([side, side], 0, 1, "float32", 1);
    const seconds = Array.from({ length: 5 }, () => {
      const started = performance.now();
      tf.matMul(matrix, matrix).dataSync();
      return (performance.now() - started) / 1000;
    });
    return (2 * side ** 3) / Math.min(...seconds) / 1e9;
  });
}

const [, , engine, how] = process.argv;
await (engine === "cuda" ? cuda : native).start({ eager: how === "eager" });
process.stdout.write(`${JSON.stringify({ ...(await timeSteps()), gigaflops: matrixGigaflops() })}\n`);
process.exit(0);
