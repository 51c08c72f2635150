import { zipSync } from "fflate";
import h5wasm, { type Group, type File as Hdf5File } from "h5wasm";
import { sizeOf } from "../network/shapes.ts";
import type { AutoencoderSpec, ModelSpec } from "../network/spec.ts";
import type { NamedWeights } from "../run/weight-files.ts";
import type { Recipe } from "../training/recipes/index.ts";
import type { TrainingState } from "../training/state.ts";
import { autoencoderConfig, type ConfigOptions, compileConfig, modelConfig } from "./config.ts";

/** Which of the three models a file holds. */
export type KerasPart = "encoder" | "decoder" | "autoencoder";

/** What goes into a `.keras` file besides the spec. */
export interface KerasContents extends ConfigOptions {
  /** Of the whole autoencoder; a file takes what its part needs. */
  weights: NamedWeights;
  /** How the autoencoder was trained, for `fit` to go on from there. */
  training: Pick<Recipe, "loss" | "optimizer"> & Pick<TrainingState, "slots"> & { step: number };
  /** ISO 8601. */
  savedAt: string;
}

/** The version whose format these files follow. */
const kerasVersion = "3.15.1";

/**
 * One model as the bytes of a `.keras` file, which Keras 3 opens with `keras.saving.load_model`: a zip, not compressed,
 * of metadata.json, config.json and model.weights.h5. The autoencoder is compiled, with what its optimizer remembers; encoder and decoder
 * have no loss of their own. Source: keras.src.saving.saving_lib.
 */
export async function writeKeras(spec: AutoencoderSpec, part: KerasPart, contents: KerasContents): Promise<Uint8Array> {
  const config =
    part === "autoencoder"
      ? { ...autoencoderConfig(spec, contents), compile_config: compileConfig(contents.training) }
      : modelConfig(spec[part], contents);
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const files = {
    "metadata.json": text({ keras_version: kerasVersion, date_saved: contents.savedAt.slice(0, 19).replace("T", "@") }),
    "config.json": new TextEncoder().encode(withFloats(JSON.stringify(config))),
    "model.weights.h5": await weightsFile(spec, part, contents),
  };
  return zipSync(files, { level: 0, mtime: contents.savedAt });
}

/** Python tells 1.0 from 1, and Keras's optimizers take no 1; `JSON.stringify` writes both as 1. */
function withFloats(json: string): string {
  const settings = "learning_rate|momentum|weight_decay|beta_1|beta_2|epsilon";
  return json.replaceAll(new RegExp(`("(?:${settings})":\\d+)(?=[,}])`, "g"), "$1.0");
}

/** `model.weights.h5`: a group for each layer under its class name with a counter, and its weights by number. */
async function weightsFile(spec: AutoencoderSpec, part: KerasPart, contents: KerasContents): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const path = `/${part}-${Math.random().toString(36).slice(2)}.h5`; // in h5wasm's own memory
  const file = new h5wasm.File(path, "w");
  try {
    if (part === "autoencoder") writeAutoencoder(file, spec, contents);
    else writeModel(file, spec[part], contents.weights);
  } finally {
    file.close();
  }
  const bytes = FS.readFile(path);
  FS.unlink(path);
  return bytes;
}

function writeAutoencoder(file: Hdf5File, spec: AutoencoderSpec, { weights, training }: KerasContents): void {
  const layers = file.create_group("layers");
  variables(layers.create_group("input_layer"), spec.encoder.layers[0]?.name as string);
  writeModel(layers.create_group("functional"), spec.encoder, weights);
  writeModel(layers.create_group("functional_1"), spec.decoder, weights);
  writeOptimizer(file.create_group("optimizer"), weights, training);
  variables(file, "autoencoder");
}

/** The optimizer's variables in Keras's order: step, learning rate, then what it remembers of each weight. */
function writeOptimizer(group: Group, weights: NamedWeights, training: KerasContents["training"]): void {
  const { step, optimizer } = training;
  const slots = Object.values(training.slots);
  const vars = variables(group, optimizer.name);
  vars.create_dataset({ name: "0", data: step, shape: [], dtype: "<q" });
  vars.create_dataset({ name: "1", data: optimizer.learningRate, shape: [], dtype: "<f" });
  let start = 0;
  weights.forEach(({ shape }, index) => {
    const end = start + sizeOf(shape);
    slots.forEach((slot, of) => {
      const name = String(2 + slots.length * index + of);
      vars.create_dataset({ name, data: slot.slice(start, end), shape: [...shape], dtype: "<f4" });
    });
    start = end;
  });
}

function writeModel(group: Group, model: ModelSpec, weights: NamedWeights): void {
  const layers = group.create_group("layers");
  const counts = new Map<string, number>();
  for (const { className, name } of model.layers) {
    const base = snakeCase(className);
    const count = counts.get(base) ?? 0;
    counts.set(base, count + 1);
    const vars = variables(layers.create_group(count === 0 ? base : `${base}_${count}`), name);
    const own = weights.filter((weight) => weight.name.startsWith(`${name}/`));
    own.forEach(({ data, shape }, index) => {
      vars.create_dataset({ name: String(index), data, shape: [...shape], dtype: "<f4" });
    });
  }
  variables(group, model.name);
}

/** The group `vars`, which names the layer whose weights it holds. */
function variables(group: Group, name: string): Group {
  const vars = group.create_group("vars");
  vars.create_attribute("name", name);
  return vars;
}

/** `MaxPooling2D` → `max_pooling2d`, as Keras names its groups. */
function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z0-9]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
