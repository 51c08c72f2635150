// The training step of the assignment's network, batch 128: ours in every way, and Keras's on the same library.
import { spawnSync } from "node:child_process";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { ensureInstalled } from "../lib/install.mjs";
import { CommandError, root } from "../lib/process.mjs";
import { stepTime } from "../native/measure.mjs";
import { readStamp } from "../native/stamp.mjs";

/** Multiplications and additions of a training image: forward, and twice that backward but for the first layer's input. */
const megaflops = 58.9;
const batch = 128;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];

/** Prints one table: medians of rounds in which every way has a turn, so that a busy machine slows all of them alike. */
export async function benchTraining(args) {
  const rounds = Number(args[0] ?? 5);
  if (args.length > 1 || !Number.isInteger(rounds) || rounds < 1) {
    throw new CommandError(`bench train: expected a number of rounds but got "${args.join(" ")}"`, 2);
  }
  await ensureInstalled();
  const stamp = readStamp();
  if (!stamp)
    throw new CommandError("bench train: expected libtensorflow but it is not provisioned; run npm run native");
  const threads = availableParallelism();
  const ways = [true, false].flatMap((oneDnn) => [
    { name: "graph", oneDnn, time: () => stepTime({ engine: "native", oneDnn, threads }) },
    {
      name: "operation by operation",
      oneDnn,
      time: () => stepTime({ engine: "native", oneDnn, threads, eager: true }),
    },
    { name: "Keras", oneDnn, time: () => kerasStep(stamp.python, oneDnn) },
  ]);
  const found = ways.map((way) => ({ ...way, times: [], processor: [], peaks: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const way of found) {
      const { milliseconds, processor, gigaflops } = way.time();
      way.times.push(milliseconds);
      way.processor.push(processor);
      if (gigaflops) way.peaks.push(gigaflops);
    }
  }
  const speed = ({ times }) => (1000 * batch) / median(times);
  const keras = Math.max(...found.filter(({ name }) => name === "Keras").map(speed));
  const peak = Math.max(...found.flatMap(({ peaks }) => peaks));
  process.stdout.write(
    `${cpus()[0]?.model.trim()}, ${threads} threads, Node ${process.version}, medians of ${rounds} rounds; a 2048³ product reaches ${peak.toFixed(0)} GFLOP/s\n\n`,
  );
  process.stdout.write(
    "| step | oneDNN | ms | of the processor, ms | images/s | ÷ Keras's best | of the peak |\n|---|---|--:|--:|--:|--:|--:|\n",
  );
  for (const way of found) {
    const images = speed(way);
    const part = ((images * megaflops) / 1000 / peak) * 100;
    const numbers = [median(way.times), median(way.processor), images].map((value) => value.toFixed(0));
    const cells = [way.name, way.oneDnn ? "on" : "off", ...numbers];
    process.stdout.write(`| ${[...cells, (images / keras).toFixed(2), `${part.toFixed(0)} %`].join(" | ")} |\n`);
  }
}

function kerasStep(python, oneDnn) {
  const model = join(root, "artifacts", "assignment", "autoencoder_model.keras");
  const env = { ...process.env, TF_ENABLE_ONEDNN_OPTS: oneDnn ? "1" : "0", CUDA_VISIBLE_DEVICES: "-1" };
  const timed = spawnSync(python, [join(root, "scripts/bench/keras_step.py"), model, "12"], { encoding: "utf8", env });
  if (timed.status === 0) return JSON.parse(timed.stdout.trim().split("\n").at(-1));
  throw new CommandError(`bench train: Keras failed: ${timed.stderr.trim().split("\n").at(-1)}`);
}
