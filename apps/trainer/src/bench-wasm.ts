import "@tensorflow/tfjs-backend-wasm";
import { availableParallelism, cpus, loadavg } from "node:os";
import { createRandom } from "@autoencoder/data";
import { type AutoencoderSpec, countMultiplyAdds, layerSizes } from "@autoencoder/model";
import { DataParallel, Replica, type TrainingWorker } from "@autoencoder/model/data-parallel";
import { upSampledConvolution } from "@autoencoder/model/gradients";
import { findRecipe } from "@autoencoder/model/recipes";
import { Trainer } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs-core";
import { openDataset, trainingImages } from "./dataset.ts";
import { defaultShards } from "./engines/spread.ts";
import { wasm } from "./engines/wasm.ts";

/**
 * What the wasm engine's kernels, shards and workers cost and gain, as the tables of docs/performance.md:
 * `npm run bench -w apps/trainer`, with a number of rounds behind `--`. All variants take turns in every round, so that a
 * busy machine slows all of them.
 */

interface Variant {
  name: string;
  run: () => unknown;
}

const rounds = Number(process.argv[2] ?? 20);
const recipe = findRecipe("assignment");
const { spec, loss, batchSize } = recipe;
const stock = new Map(tf.getKernelsForBackend("wasm").map((kernel) => [kernel.kernelName, kernel]));
await wasm.start();
const { train } = await openDataset(undefined);
const images = trainingImages(train, recipe);
const { weights } = await trainerOn(undefined).state("bench");

console.log(
  `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}, ${rounds} rounds, ` +
    `load average before ${loadavg()[0]?.toFixed(1)}; medians, in brackets the least`,
);
await benchKernels();
await benchShards();
await benchWorkers();
await benchPeak();

/** What stands in for tfjs's own, in the sizes that the assignment's network has in a shard of 32 images. */
async function benchKernels(): Promise<void> {
  const normal = (...shape: number[]) => tf.randomNormal(shape as [number]) as tf.Tensor as tf.Tensor4D;
  const [maps, pooled, small] = [tf.relu(normal(32, 28, 28, 32)), normal(32, 14, 14, 32), normal(32, 7, 7, 64)];
  const [codes, dense, kernel] = [normal(32, 64), normal(3136, 64), normal(3, 3, 64, 64)];
  const flat = tf.tensor1d(weights);
  const parts = [200_704, 200_704, weights.length - 401_408]; // two dense kernels and the rest
  const pooling = { filterSize: 2, strides: 2, pad: "valid" };
  const poolGradient = { dy: pooled, input: maps, output: pooled };
  const pairs = [
    replaced("MaxPoolGrad", () => tf.engine().runKernel("MaxPoolGrad", poolGradient, pooling)),
    replaced("Sum", () => tf.sum(maps, [0, 1, 2])),
    replaced("BatchMatMul", () => tf.matMul(codes, dense, false, true)),
    replaced("Reverse", () => tf.reverse(kernel, [0, 1])),
    replaced("SplitV", () => tf.split(flat, parts)),
  ];
  const filter = normal(3, 3, 64, 32);
  const upSampled = (x: tf.Tensor4D, by: tf.Tensor4D) => {
    return tf.conv2d(tf.image.resizeNearestNeighbor(x, [14, 14]), by, 1, "same");
  };
  const differentiated = (name: string, f: typeof upSampled): Variant => {
    return { name, run: () => tf.grads(f as never)([small, filter]) };
  };
  pairs.push([
    differentiated("upsampling, convolution and gradients in two steps", upSampled),
    differentiated("the same in phases", upSampledConvolution),
  ]);
  for (const pair of pairs) print("", await measure(pair, processor));
}

/** A call of a kernel by tfjs's own, and by ours. */
function replaced(kernelName: string, call: () => unknown): Variant[] {
  const variant = (name: string, kernel: tf.KernelConfig | undefined): Variant => ({
    name,
    run() {
      tf.unregisterKernel(kernelName, "wasm");
      tf.registerKernel(kernel as tf.KernelConfig);
      call();
    },
  });
  return [
    variant(`${kernelName}, tfjs's`, stock.get(kernelName)),
    variant(`${kernelName}, ours`, tf.getKernel(kernelName, "wasm")),
  ];
}

/** What it costs to split a batch, all shards on one thread. */
async function benchShards(): Promise<void> {
  const here = new Replica({ spec, loss });
  const pixels = images.gather(images.order(1).subarray(0, batchSize));
  const variants = [1, 2, 4, 8, 16].map((shards): Variant => {
    const parallel = new DataParallel([here], { spec, shards });
    return { name: `in ${shards}`, run: () => parallel.gradient(weights, pixels) };
  });
  print(`Gradient of a batch of ${batchSize} on one thread, by its shards`, await measure(variants, processor));
}

/** Whole training steps, batches as the loop takes them. */
async function benchWorkers(): Promise<void> {
  const counts = [...new Set([1, 2, Math.min(defaultShards, availableParallelism())])];
  const parallels = counts.map((count) => {
    const workers = wasm.openWorkers?.({ spec, loss }, count) as TrainingWorker[];
    return new DataParallel(workers, { spec, shards: defaultShards });
  });
  const variants = [
    { name: "in one piece, on one thread", run: steps(trainerOn(undefined)) },
    ...parallels.map((parallel, at) => {
      return { name: `in ${defaultShards} shards, on ${counts[at]}`, run: steps(trainerOn(parallel)) };
    }),
  ];
  print(`Training step of a batch of ${batchSize}, wall time`, await measure(variants, () => performance.now()));
  print("The same, processor time of all threads", await measure(variants, processor));
  await Promise.all(parallels.map((parallel) => parallel.close()));
}

/** How much of what one thread can multiply at best comes of it in a convolution and in a whole training step. */
async function benchPeak(): Promise<void> {
  const [side, maps, count] = [1024, 14, 32];
  const [a, b] = [tf.randomNormal([side, side]), tf.randomNormal([side, side])] as [tf.Tensor2D, tf.Tensor2D];
  const x = tf.randomNormal([count, maps, maps, 32]) as tf.Tensor4D;
  const filter = tf.randomNormal([3, 3, 32, 64]) as tf.Tensor4D;
  const variants = [
    { name: `product of two ${side} × ${side} matrices`, flop: 2 * side ** 3, run: () => tf.matMul(a, b) },
    {
      name: `convolution 3 × 3, ${maps} × ${maps} × 32 to 64 maps`,
      flop: 2 * count * maps ** 2 * 9 * 32 * 64,
      run: () => tf.conv2d(x, filter, 1, "same"),
    },
    {
      name: "training step, as the network is written",
      flop: trainingFlop(spec) * batchSize,
      run: steps(trainerOn(undefined)),
    },
  ];
  console.log("\nBillions of multiplications and additions a second, one thread");
  for (const [at, { name, median }] of (await measure(variants, processor)).entries()) {
    const { flop } = variants[at] as (typeof variants)[number];
    console.log(`  ${name.padEnd(52)} ${(flop / median / 1e6).toFixed(1)}`);
  }
}

/** Multiplications and additions of a training image: forward, and twice that backward but for the first layer's input. */
function trainingFlop({ encoder, decoder }: AutoencoderSpec): number {
  const first = layerSizes(encoder).find(({ multiplyAdds }) => multiplyAdds > 0)?.multiplyAdds ?? 0;
  return 2 * (3 * (countMultiplyAdds(encoder) + countMultiplyAdds(decoder)) - first);
}

function trainerOn(parallel: DataParallel | undefined): Trainer {
  const random = createRandom(recipe.seed);
  return new Trainer({
    recipe,
    parallel,
    random: () => random.next(),
    outputBias: -1.9,
    now: new Date().toISOString(),
  });
}

/** A step of a training at each call. */
function steps(trainer: Trainer): () => Promise<unknown> {
  const surroundings = { clock: () => performance.now() / 1000, residentBytes: () => 0 };
  const events = trainer.train(images, surroundings);
  return () => events.next();
}

/** Milliseconds that this process's threads have computed; other processes add less to it than to wall time. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface Times {
  name: string;
  least: number;
  median: number;
}

/** Times of each variant, without those of two rounds that warm up. @param clock milliseconds */
async function measure(variants: readonly Variant[], clock: () => number): Promise<Times[]> {
  const times = variants.map(() => [] as number[]);
  for (let round = -2; round < rounds; round++) {
    for (const [at, { run }] of variants.entries()) {
      tf.engine().startScope();
      const start = clock();
      await run();
      if (round >= 0) times[at]?.push(clock() - start);
      tf.engine().endScope();
    }
  }
  return variants.map(({ name }, at) => {
    const sorted = (times[at] as number[]).sort((a, b) => a - b);
    return { name, least: sorted[0] as number, median: sorted[sorted.length >> 1] as number };
  });
}

function print(title: string, times: readonly Times[]): void {
  console.log(title && `\n${title}`);
  const first = times[0]?.median as number;
  for (const { name, median, least } of times) {
    const digits = first < 50 ? 1 : 0;
    const [middle, lowest] = [median, least].map((time) => time.toFixed(digits));
    console.log(`  ${name.padEnd(52)} ${middle} ms (${lowest}), × ${(median / first).toFixed(2)}`);
  }
}
