import "@tensorflow/tfjs-backend-wasm";
import { availableParallelism, cpus, loadavg } from "node:os";
import { createRandom } from "@autoencoder/data";
import { DataParallel, Replica, type TrainingWorker } from "@autoencoder/model/data-parallel";
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

type Variant = readonly [name: string, run: () => Promise<unknown>];

const rounds = Number(process.argv[2] ?? 12);
const batchSize = 128;
const recipe = findRecipe("assignment");
const { spec, loss } = recipe;
const stock = new Map(tf.getKernelsForBackend("wasm").map((kernel) => [kernel.kernelName, kernel]));
await wasm.start();
const { train } = await openDataset(undefined);
const images = trainingImages(train, recipe, undefined);
const pixels = images.gather(images.order(1).subarray(0, batchSize));
const { weights } = await trainerOn(undefined).state("bench");
const here = new Replica({ spec, loss });

console.log(
  `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.version}, ${rounds} rounds, ` +
    `load average before ${loadavg()[0]?.toFixed(1)}`,
);
await benchKernels();
await benchShards();
await benchWorkers();

/** Each kernel of ours against tfjs's own. Processor time: other processes add less to it than to wall time. */
async function benchKernels(): Promise<void> {
  const step = steps(trainerOn(new DataParallel([here], { spec, shards: defaultShards })));
  const ours = tf.getKernelsForBackend("wasm").filter(({ kernelName, kernelFunc }) => {
    if (kernelName === "Conv2DBackpropInput") return false; // never called: its gradient is another (gradients/fast.ts)
    const before = stock.get(kernelName);
    return before ? before.kernelFunc !== kernelFunc : kernelName === "InterleavePhases"; // the sub-pixel form needs it
  });
  const without = (kernels: tf.KernelConfig[]) => async () => {
    for (const { kernelName } of kernels) {
      tf.unregisterKernel(kernelName, "wasm");
      const before = stock.get(kernelName);
      if (before) tf.registerKernel(before);
    }
    await step();
    for (const kernel of kernels) {
      if (stock.has(kernel.kernelName)) tf.unregisterKernel(kernel.kernelName, "wasm");
      tf.registerKernel(kernel);
    }
  };
  const times = await measure(
    [
      ["all of ours", step],
      ["none of ours", without(ours)],
      ...ours.map((kernel): Variant => [`all but ${kernel.kernelName}`, without([kernel])]),
    ],
    processor,
  );
  print(
    `Training step of a batch of ${batchSize} in ${defaultShards} shards on one thread, ms of processor time`,
    times,
  );
}

/** What it costs to split a batch, all shards on one thread. */
async function benchShards(): Promise<void> {
  const variants = [1, 2, 4, 8, 16].map((shards): Variant => {
    const parallel = new DataParallel([here], { spec, shards });
    return [`${shards} ${shards === 1 ? "shard" : "shards"}`, () => parallel.gradient(weights, pixels)];
  });
  const times = await measure(variants, processor);
  print(`Gradient of a batch of ${batchSize} on one thread, ms of processor time`, times);
}

/** Whole training steps, batches as the loop takes them. */
async function benchWorkers(): Promise<void> {
  const counts = [...new Set([1, 2, Math.min(defaultShards, availableParallelism())])];
  const open = (count: number) => wasm.openWorkers?.({ spec, loss }, count) as TrainingWorker[];
  const parallels = counts.map((count) => new DataParallel(open(count), { spec, shards: defaultShards }));
  const trainings = parallels.map((parallel) => steps(trainerOn(parallel)));
  const variants: Variant[] = [
    ["1 piece, 1 thread", steps(trainerOn(undefined))],
    ...counts.map((count, at): Variant => {
      const threads = `${count} ${count === 1 ? "thread" : "threads"}`;
      return [`${defaultShards} shards, ${threads}`, trainings[at] as () => Promise<void>];
    }),
  ];
  print(`Training step of a batch of ${batchSize}, ms of wall time`, await measure(variants, () => performance.now()));
  print("The same, ms of processor time of all threads", await measure(variants, processor));
  await Promise.all(parallels.map((parallel) => parallel.close()));
}

/** Milliseconds of this process's threads, all together. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
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

/** A step of the training at each call. */
function steps(trainer: Trainer): () => Promise<void> {
  const surroundings = { clock: () => performance.now() / 1000, residentBytes: () => 0 };
  const events = trainer.train(images, surroundings);
  return async () => {
    await events.next();
  };
}

interface Times {
  name: string;
  least: number;
  median: number;
}

/** Times of each variant; the first two rounds warm up. @param clock milliseconds */
async function measure(variants: readonly Variant[], clock: () => number): Promise<Times[]> {
  const times = variants.map(() => [] as number[]);
  for (let round = -2; round < rounds; round++) {
    for (const [at, [, run]] of variants.entries()) {
      const start = clock();
      await run();
      if (round >= 0) times[at]?.push(clock() - start);
    }
  }
  return variants.map(([name], at) => {
    const sorted = (times[at] as number[]).sort((a, b) => a - b);
    return { name, least: sorted[0] as number, median: sorted[sorted.length >> 1] as number };
  });
}

function print(title: string, times: readonly Times[]): void {
  const first = times[0]?.median as number;
  console.log(`\n${title}\n\n| | median | least | ÷ first median |\n|---|--:|--:|--:|`);
  for (const { name, median, least } of times) {
    console.log(`| ${name} | ${median.toFixed(0)} | ${least.toFixed(0)} | ${(median / first).toFixed(2)} |`);
  }
}
