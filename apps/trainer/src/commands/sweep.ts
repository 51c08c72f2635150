import { existsSync } from "node:fs";
import { join } from "node:path";
import { shown } from "@autoencoder/model";
import { UsageError, whole } from "../command-line.ts";
import { parseOptions } from "../options.ts";
import { artifactsFolder } from "../paths.ts";
import { checkpointFile, runFolders } from "../run-folder/work-folder.ts";
import { train } from "../train.ts";
import type { Command } from "./command.ts";

/** What a sweep passes on: settings that a run's name tells, so that none takes another's run for its own; more are a recipe's. */
const passedOn = ["epochs", "images", "engine", "data"] as const;

export const sweep: Command = {
  usage: "sweep RECIPE --seeds N [--shard I/N] [--slim] [--epochs N] [--images N] [--engine E] [--data DIR]",
  what: "train seeds 1 to N into runs of their own, or the part I of N of them; what is published is passed over, what was stopped goes on",
  options: {
    seeds: { type: "string" },
    shard: { type: "string" },
    slim: { type: "boolean" },
    ...Object.fromEntries(passedOn.map((name) => [name, { type: "string" as const }])),
  },
  positionals: { least: 1, most: 1, expected: "a recipe's name" },
  async perform({ positionals: [recipe = ""], values, console }) {
    const count = whole({ most: 10_000 })("--seeds", String(values.seeds ?? ""));
    const [part, parts] = shardOf(values.shard as string | undefined);
    const settings = passedOn.flatMap((name) =>
      values[name] === undefined ? [] : [`--${name}`, String(values[name])],
    );
    const words = ["--recipe", recipe, ...settings, ...(values.slim ? ["--slim"] : [])];
    for (let seed = part; seed <= count; seed += parts) {
      const options = parseOptions([...words, "--seed", String(seed)]);
      if (options === "help" || options === "version") return;
      const { published, work } = runFolders(artifactsFolder(), options.name);
      if (existsSync(join(published, "run.json"))) {
        console.output.write(`${options.name} is published\n`);
        continue;
      }
      const outcome = await train({ ...options, resume: existsSync(join(work, checkpointFile)) }, console);
      if (outcome !== "complete" && outcome !== "collapsed") {
        throw new Error(`the sweep was stopped by ${outcome} in ${options.name}; the same command goes on`);
      }
    }
  },
};

/** `2/5`: the second of five parts, which take every fifth seed. @throws UsageError */
function shardOf(text = "1/1"): [part: number, parts: number] {
  const [, part = Number.NaN, parts = Number.NaN] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (part >= 1 && part <= parts) return [part, parts];
  throw new UsageError(`--shard: expected I/N, with I from 1 to N, such as 2/5 but got ${shown(text)}`);
}
