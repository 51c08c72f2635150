// npm run bench -- train: a training step of the assignment's network in all our ways and those of our peers.
import { availableParallelism, cpus, loadavg } from "node:os";
import { ensureInstalled } from "../lib/install.mjs";
import { CommandError, say } from "../lib/process.mjs";
import { readStamp } from "../native/stamp.mjs";
import { median, parseBench } from "./arguments.mjs";
import { waysToTrain } from "./train/ways.mjs";

const help = `Times a training step of the assignment's network, batch 128: each engine, and Keras on the same library.

  npm run bench -- train [options]

Options
  --rounds N   turns of each way; default 5
  --pytorch    PyTorch beside them; installed at first, some gigabytes
  --json       one line of JSON instead of a table
  --help       this text

Each turn is a process of its own. In a round every way has a turn, so that a busy machine slows all of them alike.`;

/** Multiplications and additions of a training image: forward, and twice that backward but for the first layer's input. */
const megaflops = 58.856448;
const batch = 128;
/** Programs beside this one that are no longer noise, by the load average of the last minute. */
const busy = 0.5;

export async function benchTraining(args) {
  const { rounds, pytorch, json, help: asked } = parseBench("train", args, { rounds: [5, 1000] }, ["pytorch"]);
  if (asked) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  await ensureInstalled();
  const stamp = readStamp();
  if (!stamp)
    throw new CommandError("bench train: expected libtensorflow but it is not provisioned; run npm run native");
  const load = loadavg()[0];
  if (load > busy) say(`warning: other programs are at work (load average ${load.toFixed(1)}); trust the ratios only`);
  const found = waysToTrain(stamp, { pytorch }).map((way) => ({ ...way, turns: [] }));
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}`);
    for (const way of found) way.turns.push(way.time());
  }
  const report = reportOf(found, { rounds, load });
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${tableOf(report)}\n`);
  return 0;
}

/** Medians over the rounds; a ratio is taken within each round, against the best that Keras, or PyTorch, made in it. */
function reportOf(found, { rounds, load }) {
  const speed = ({ milliseconds }) => (1000 * batch) / milliseconds;
  const peak = Math.max(...found.flatMap(({ turns }) => turns.map(({ gigaflops }) => gigaflops ?? 0)));
  const best = (peer, round) =>
    Math.max(...found.filter((way) => way.peer === peer).map(({ turns }) => speed(turns[round])));
  const ratios = (turns, peer) => turns.map((turn, round) => speed(turn) / best(peer, round)).sort((a, b) => a - b);
  const peers = [...new Set(found.flatMap(({ peer }) => peer ?? []))];
  return {
    processor: cpus()[0]?.model.trim(),
    cores: availableParallelism(),
    node: process.version,
    load,
    rounds,
    gigaflops: peak,
    ways: found.map(({ name, setting, turns }) => {
      const imagesPerSecond = median(turns.map(speed));
      return {
        name,
        setting,
        milliseconds: median(turns.map(({ milliseconds }) => milliseconds)),
        processorMilliseconds: median(turns.map(({ processor }) => processor)),
        imagesPerSecond,
        ofPeak: (imagesPerSecond * megaflops) / 1000 / peak,
        ratios: Object.fromEntries(
          peers.map((peer) => {
            const sorted = ratios(turns, peer);
            return [peer, { median: median(sorted), least: sorted[0], most: sorted.at(-1) }];
          }),
        ),
      };
    }),
  };
}

function tableOf({ processor, cores, node, load, rounds, gigaflops, ways }) {
  const peers = Object.keys(ways[0].ratios);
  const head = ["step", "setting", "ms", "of the processor, ms", "images/s", "of the peak"];
  const rows = [
    [...head, ...peers.map((peer) => `÷ ${peer}’s best`)],
    ["---", "---", "--:", "--:", "--:", "--:", ...peers.map(() => "--:")],
    ...ways.map((way) => [
      way.name,
      way.setting,
      ...[way.milliseconds, way.processorMilliseconds, way.imagesPerSecond].map((value) => value.toFixed(0)),
      `${(100 * way.ofPeak).toFixed(0)} %`,
      ...peers.map((peer) => {
        const { median, least, most } = way.ratios[peer];
        return `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`;
      }),
    ]),
  ];
  const conditions = `${processor}, ${cores} cores, Node ${node}, medians of ${rounds} rounds, load average before ${load.toFixed(1)}; a product of two 2048 × 2048 matrices reached ${gigaflops.toFixed(0)} GFLOP/s`;
  return `${conditions}\n\n${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}`;
}
