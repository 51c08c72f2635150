import { mapLayersOf } from "../network/layer-maps.ts";
import { layerShapes, modelOutputShape, sizeOf } from "../network/shapes.ts";
import { shown, strangeness } from "../words.ts";
import { RunFault } from "./fault.ts";
import { filmBins, filmHeader, filmLayers, filmTensors } from "./film.ts";
import { runPaths } from "./paths.ts";
import { projectionSeeds, type Run, snapshotVitals } from "./run.ts";
import { readMetadata, readTable, type Table, type TableType, type Tensor } from "./tables.ts";

/** What each table of a run has to hold, by its run.json; docs/artifact-format.md has the same in prose. */

/** What a tensor has to be. */
interface Expected {
  dtype: TableType;
  /** The first lengths; a text is a length that is free, but the same wherever it stands in a table. */
  shape: readonly (number | string)[];
  /** The lengths after those of `shape` multiply to this; without it there are none. */
  rest?: number;
  /** Its values are numbers of images: from 0, below this. */
  below?: number;
  /** Its values are counts, from this. */
  least?: number;
  /** Its values are at most this. */
  most?: number;
  /** Its values are finite, unless they may be infinite (PSNR of a picture without error) or no numbers as well. */
  may?: "be infinite" | "be no number";
  /** Its values are steps: from 0, each above the one before. */
  ascending?: boolean;
  /** A table may lack it. */
  optional?: boolean;
}
type Contents = Readonly<Record<string, Expected>>;

const contents: Readonly<Record<string, (run: Run) => Contents>> = {
  [runPaths.samples]: (run) => ({
    indices: { dtype: "I32", shape: ["samples"], below: run.dataset.testImages },
    latents: { dtype: "F32", shape: ["samples", codeLength(run)] },
    reconstructions: { dtype: "F32", shape: ["samples"], rest: pixels(run) },
  }),
  // A loss that was not finite is recorded as it was.
  [runPaths.steps]: () => ({ loss: { dtype: "F32", shape: ["batches"], may: "be no number" } }),
  [runPaths.testLatents]: (run) => ({
    latents: { dtype: "F16", shape: [run.dataset.testImages, codeLength(run)] },
  }),
  [runPaths.testErrors]: ({ dataset: { testImages } }) => ({
    ...each(["mse", "ssim"], { dtype: "F32", shape: [testImages] }),
    psnr: { dtype: "F32", shape: [testImages], may: "be infinite" },
  }),
  [runPaths.testActivations]: ({ spec }) =>
    Object.fromEntries(
      mapLayersOf(spec).flatMap(({ name, values, shape: [, , maps] }) => [
        [`${name}/mean`, { dtype: "F16", shape: [], rest: values, optional: true }],
        [`${name}/min`, { dtype: "F32", shape: [maps], optional: true }],
        [`${name}/max`, { dtype: "F32", shape: [maps], optional: true }],
      ]),
    ),
  [runPaths.projections]: ({ dataset: { testImages } }) =>
    each(
      projectionSeeds.map((seed) => `umap/${seed}`),
      { dtype: "F16", shape: [testImages, 2], optional: true },
    ),
  [runPaths.statistics]: () => ({
    ...each(["pca/validation", "pca/test"], { dtype: "F32", shape: ["components"] }),
    ...each(
      ["asked", "among"].map((name) => `neighbours/${name}`),
      { dtype: "I32", shape: [], least: 1 },
    ),
    ...each(
      ["pixels", "pca", "random", "code"].map((name) => `neighbours/${name}`),
      { dtype: "I32", shape: [], least: 0 },
    ),
  }),
  [runPaths.snapshots]: (run) => ({
    step: { dtype: "I32", shape: ["snapshots"], ascending: true },
    ...each(["trainMse", ...snapshotVitals], { dtype: "F32", shape: ["snapshots"] }),
    gradientNorm: { dtype: "F32", shape: ["snapshots"], may: "be no number" }, // before the first step there is none
    indices: { dtype: "I32", shape: ["digits"], below: run.dataset.testImages },
    reconstructions: { dtype: "U8", shape: ["snapshots", "digits"], rest: pixels(run) },
    ...film(run),
  }),
};

/** The film, in runs that have one. */
function film(run: Run): Contents {
  const maps = layerShapes(run.spec.decoder).at(-2)?.at(-1) ?? 1;
  const bins = filmBins.inside + 2;
  const tensors: Record<keyof typeof filmTensors, Expected> = {
    step: { dtype: "I32", shape: ["frames"], ascending: true },
    reconstructions: { dtype: "U8", shape: ["frames", "digits"], rest: pixels(run) },
    ink: { dtype: "I32", shape: ["frames", bins], least: 0 },
    black: { dtype: "I32", shape: ["frames", bins], least: 0 },
    inkMean: { dtype: "F32", shape: ["frames"] },
    blackMean: { dtype: "F32", shape: ["frames"] },
    live: { dtype: "U8", shape: ["frames", maps], most: 1 },
    gradientNorms: { dtype: "F32", shape: ["frames", filmLayers(run.spec).length] },
  };
  return Object.fromEntries(
    Object.entries(tensors).map(([part, expected]) => [
      filmTensors[part as keyof typeof filmTensors],
      { ...expected, optional: true },
    ]),
  );
}

/**
 * A table of a run, each of its tensors as the run's spec and data say.
 * @throws RunFault that names the file, the tensor, what was expected and what came
 */
export function readRunTable(run: Run, path: string, bytes: Uint8Array): Table {
  try {
    const table = readTable(bytes);
    checkContents(table, contents[path]?.(run) ?? {});
    if (path === runPaths.snapshots) checkFilm(table, run, readMetadata(bytes));
    return table;
  } catch (error) {
    throw error instanceof RunFault ? error.of(path) : error;
  }
}

/** @throws RunFault */
function checkContents(table: Table, expected: Contents): void {
  const shared = new Map<string, number>();
  for (const [name, tensor] of Object.entries(expected)) {
    if (Object.hasOwn(table, name)) checkTensor(name, table[name] as Tensor, tensor, shared);
    else if (!tensor.optional) refuse(name, "a tensor of this name", "there is none");
  }
}

/** A film is there whole, and its header says what its columns are. @throws RunFault */
function checkFilm(table: Table, { spec }: Run, header: Readonly<Record<string, string>>): void {
  const names = Object.values(filmTensors);
  const missing = names.find((name) => !Object.hasOwn(table, name));
  if (missing) {
    if (names.some((name) => Object.hasOwn(table, name))) refuse(missing, "a whole film", "there is none");
    return;
  }
  for (const [field, expected] of Object.entries(filmHeader(spec))) {
    if (header[field] === expected) continue;
    const came = header[field] === undefined ? "there is none" : `got ${shown(header[field])}`;
    throw new RunFault({ field: `header ${field}`, expected: shown(expected), came, mend });
  }
}

/** @param shared the lengths that the table gave so far, by their names */
function checkTensor(name: string, found: Tensor, expected: Expected, shared: Map<string, number>): void {
  const { dtype, shape, rest } = expected;
  const lengths = shape.map((length, at) => lengthOf(length, found.shape[at] ?? 0, shared));
  const fits =
    found.dtype === dtype &&
    lengths.every((length, at) => found.shape[at] === length) &&
    (rest === undefined ? found.shape.length === shape.length : sizeOf(found.shape.slice(shape.length)) === rest);
  if (!fits) {
    const axes = rest === undefined ? lengths : [...lengths, `… ${rest} values`];
    refuse(name, `${dtype} [${axes.join(", ")}]`, `got ${found.dtype} [${found.shape.join(", ")}]`);
  }
  if (found.data.length === 0) refuse(name, "at least one value", "it is empty");
  checkValues(name, found.data, expected);
}

function checkValues(name: string, values: Tensor["data"], { below, least, most, may, ascending }: Expected): void {
  if (may !== "be no number") {
    const strange = values.find((value) => Number.isNaN(value) || (may === undefined && !Number.isFinite(value)));
    if (strange !== undefined) refuse(name, may ? "numbers" : "finite numbers", strangeness(strange));
  }
  const few = least === undefined ? undefined : values.find((value) => value < least);
  if (few !== undefined) refuse(name, `at least ${least}`, `got ${few}`);
  const many = most === undefined ? undefined : values.find((value) => value > most);
  if (many !== undefined) refuse(name, `at most ${most}`, `got ${many}`);
  if (below !== undefined) {
    const outside = values.find((index) => index < 0 || index >= below);
    if (outside !== undefined) refuse(name, `numbers of test images, from 0 to ${below - 1}`, `got ${outside}`);
  }
  if (ascending) {
    const back = values.findIndex((step, at) => step <= (values[at - 1] ?? -1));
    if (back >= 0) refuse(name, "steps from 0, each above the one before", `got ${values[back]} at place ${back}`);
  }
}

function refuse(tensor: string, expected: string, came: string): never {
  throw new RunFault({ field: `tensor ${tensor}`, expected, came, mend });
}

const mend = "train the run again";

/** A length that is known, or the one that the table gave for its name first. */
function lengthOf(length: number | string, found: number, shared: Map<string, number>): number {
  if (typeof length === "number") return length;
  const known = shared.get(length) ?? found;
  shared.set(length, known);
  return known;
}

function each(names: readonly string[], expected: Expected): Contents {
  return Object.fromEntries(names.map((name) => [name, expected]));
}

function codeLength({ spec }: Run): number {
  return sizeOf(modelOutputShape(spec.encoder));
}

/** Pixels of one picture. */
function pixels({ spec }: Run): number {
  return sizeOf(layerShapes(spec.encoder)[0] ?? []);
}
