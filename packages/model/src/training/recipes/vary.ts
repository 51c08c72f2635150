import { checkSpec } from "../../network/check-spec.ts";
import type { AutoencoderSpec, LayerSpec } from "../../network/spec.ts";
import type { Recipe } from "./recipe.ts";

/** Single settings of a recipe that are to be others. */
export interface Variation {
  batchSize?: number | undefined;
  learningRate?: number | undefined;
  /** Length of the code. */
  latent?: number | undefined;
  loss?: Recipe["loss"] | undefined;
  /** With Keras's default settings, the learning rate among them. */
  optimizer?: Recipe["optimizer"]["name"] | undefined;
  momentum?: number | undefined;
  weightDecay?: number | undefined;
  schedule?: NonNullable<Recipe["schedule"]>["name"] | undefined;
  warmupSteps?: number | undefined;
  patience?: number | undefined;
}

/** Keras's defaults; Adam's first moments and epsilon are those of every recipe. */
const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const optimizers = {
  sgd: { name: "sgd", learningRate: 1e-2, momentum: 0, nesterov: false },
  adam: { name: "adam", ...adam },
  adamw: { name: "adamw", ...adam, weightDecay: 4e-3 },
} as const;

/**
 * A recipe with some settings changed: a recipe of its own, whose name and title say what differs from which.
 * @throws Error that says which setting does not go with the others
 */
export function vary(base: Recipe, asked: Variation): Recipe {
  const own = settingsOf(base, asked.optimizer);
  const different = Object.entries(asked).filter(([name, value]) => value !== own[name as keyof Variation]);
  const variation: Variation = Object.fromEntries(different);
  const changes = changesOf(variation);
  if (changes.length === 0) return base;
  const { batchSize = base.batchSize, loss = base.loss, latent, patience } = variation;
  const schedule = scheduleOf(base, variation);
  return {
    ...base,
    name: boundedName([base.name, ...changes.map(({ name }) => name)]),
    title: `The recipe ${base.name} with ${changes.map(({ words }) => words).join(", ")}`,
    spec: latent === undefined ? base.spec : withLatent(base.spec, latent),
    loss,
    optimizer: optimizerOf(base, variation),
    ...(schedule && { schedule }),
    batchSize,
    ...(patience !== undefined && { earlyStopping: { patience } }),
  };
}

/** What a recipe says already, with another optimizer where that is asked for: to ask for it changes nothing. */
function settingsOf(base: Recipe, name: Variation["optimizer"]): Variation {
  const code = base.spec.encoder.layers.at(-1);
  return {
    batchSize: base.batchSize,
    learningRate: (name === undefined || name === base.optimizer.name ? base.optimizer : optimizers[name]).learningRate,
    latent: code?.className === "Dense" ? code.units : undefined,
    loss: base.loss,
    optimizer: base.optimizer.name,
    schedule: base.schedule?.name ?? "constant",
    warmupSteps: base.schedule?.warmupSteps ?? 0,
    patience: base.earlyStopping?.patience,
  };
}

/** A name of at most 63 letters; of a longer one the end is replaced by its hash (FNV-1a), since two may differ only there. */
export function boundedName(parts: readonly string[]): string {
  const name = parts.join("-");
  if (name.length <= 63) return name;
  const hash = [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261);
  return `${name.slice(0, 54).replace(/-+$/, "")}-${(hash >>> 0).toString(16).padStart(8, "0")}`;
}

/** What stands in the name and in the title. */
function changesOf(variation: Variation): { name: string; words: string }[] {
  const part = (value: string | number | undefined, name: string, words: string) =>
    value === undefined ? [] : [{ name: `${name}${value}`.replace(".", "-"), words: `${words} ${value}` }];
  return [
    ...part(variation.latent, "latent-", "a code of length"),
    ...part(variation.loss, "", "the loss"),
    ...part(variation.optimizer, "", "the optimizer"),
    ...part(variation.learningRate, "rate-", "the learning rate"),
    ...part(variation.momentum, "momentum-", "a momentum of"),
    ...part(variation.weightDecay, "decay-", "a weight decay of"),
    ...part(variation.schedule, "", "the schedule"),
    ...part(variation.warmupSteps, "warmup-", "warm-up steps:"),
    ...part(variation.batchSize, "batch-", "a batch size of"),
    ...part(variation.patience, "patience-", "early stopping after"),
  ];
}

function optimizerOf(base: Recipe, { optimizer: name, learningRate, momentum, weightDecay }: Variation) {
  const optimizer: Recipe["optimizer"] = name && name !== base.optimizer.name ? optimizers[name] : base.optimizer;
  const rate = learningRate ?? optimizer.learningRate;
  if (momentum !== undefined && optimizer.name !== "sgd") {
    throw new Error(`momentum: expected the optimizer sgd but got ${optimizer.name}`);
  }
  if (weightDecay !== undefined && optimizer.name !== "adamw") {
    throw new Error(`weight-decay: expected the optimizer adamw but got ${optimizer.name}`);
  }
  if (optimizer.name === "sgd") {
    return { ...optimizer, learningRate: rate, momentum: momentum ?? optimizer.momentum };
  }
  if (optimizer.name === "adam") return { ...optimizer, learningRate: rate };
  return { ...optimizer, learningRate: rate, weightDecay: weightDecay ?? optimizer.weightDecay };
}

/** The rate of a schedule that goes down in steps: halved every five epochs. */
const halving = { decayEpochs: 5, decayRate: 0.5 };

function scheduleOf(base: Recipe, variation: Variation): Recipe["schedule"] {
  const name =
    variation.schedule ?? base.schedule?.name ?? (variation.warmupSteps === undefined ? undefined : "constant");
  if (!name) return undefined;
  const warmupSteps = variation.warmupSteps ?? base.schedule?.warmupSteps ?? 0;
  if (name === base.schedule?.name) return { ...base.schedule, warmupSteps };
  if (name === "constant") return { name, warmupSteps };
  return name === "cosine" ? { name, warmupSteps, alpha: 0 } : { name, warmupSteps, ...halving };
}

/** @throws Error where the code is not what a Dense layer makes, or the network becomes too large */
function withLatent({ encoder, decoder }: AutoencoderSpec, units: number): AutoencoderSpec {
  const code = encoder.layers.at(-1) as LayerSpec;
  if (code.className !== "Dense") {
    throw new Error(`latent: expected the encoder to end in a Dense layer but it ends in ${code.className}`);
  }
  const [input, ...others] = decoder.layers as [LayerSpec, ...LayerSpec[]];
  const spec: AutoencoderSpec = {
    encoder: { ...encoder, layers: [...encoder.layers.slice(0, -1), { ...code, units }] },
    decoder: { ...decoder, layers: [{ ...input, shape: [units] } as LayerSpec, ...others] },
  };
  try {
    checkSpec(spec);
  } catch (cause) {
    throw new Error(`latent: ${(cause as Error).message}`, { cause });
  }
  return spec;
}
