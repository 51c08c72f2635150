import { layerSizes } from "../network/parameters.ts";
import { printedShape } from "../network/shapes.ts";
import { RunFault } from "./fault.ts";
import { runPaths, weightsBeside } from "./paths.ts";
import { parseRun, type Run, type RunFile, runLimits } from "./run.ts";
import { readRunTable } from "./table-contents.ts";
import type { Table } from "./tables.ts";
import { type NamedWeights, readWeights } from "./weight-files.ts";

/**
 * The one way to open a run, whoever made it: nothing of it is used before it was bounded, parsed and compared with its
 * run.json. Every fault is a `RunFault`, or an Error of the reader where there is no such file.
 */

/** A file as it lies in a run's folder. */
export interface StoredFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes, in lower case; asked for only where it is needed. */
  sha256: () => Promise<string>;
}

/** Reads a file of one run's folder. @throws RunFault when it has more than `most` bytes, Error when there is none */
export type ReadStored = (path: string, most: number) => Promise<StoredFile>;

const mend = "train the run again";

/** A run by its run.json. @param name its folder's, which has to be its own */
export async function openRun(name: string, read: ReadStored): Promise<Run> {
  const { bytes } = await read("run.json", runLimits.runJson);
  const run = parseRun(new TextDecoder().decode(bytes));
  if (run.name === name) return run;
  const came = `it calls itself "${run.name}": its folder was renamed`;
  throw new RunFault({ file: "run.json", field: "name", expected: `"${name}", as its folder is called`, came, mend });
}

/** A file that run.json lists, proved to be that one by its length and hash. */
export async function openFile(
  run: Run,
  path: string,
  read: ReadStored,
): Promise<{ file: RunFile; bytes: Uint8Array<ArrayBuffer> }> {
  const file = run.files.find((listed) => listed.path === path);
  if (!file) throw new RunFault({ file: path, expected: "a file that run.json lists", came: "it does not", mend });
  const { bytes, sha256 } = await read(path, file.bytes);
  if (bytes.length !== file.bytes) {
    throw new RunFault({ file: path, expected: `${file.bytes} bytes`, came: `got ${bytes.length}`, mend });
  }
  const got = await sha256();
  if (got === file.sha256) return { file, bytes };
  const [expected, came] = [`SHA-256 ${file.sha256.slice(0, 12)}…`, `got ${got.slice(0, 12)}…`];
  throw new RunFault({ file: path, expected, came, mend });
}

/** A table that run.json lists, its tensors as the spec and the data say. */
export async function openTable(run: Run, path: string, read: ReadStored): Promise<Table> {
  return readRunTable(run, path, (await openFile(run, path, read)).bytes);
}

/** The weights of a part of the network, each of the name and shape that the spec gives it. @param path its model.json */
export async function openWeights(run: Run, path: string, read: ReadStored): Promise<NamedWeights> {
  const beside = weightsBeside(path);
  const [model, stored] = await Promise.all([openFile(run, path, read), openFile(run, beside, read)]);
  try {
    const weights = readWeights(new TextDecoder().decode(model.bytes), stored.bytes);
    compareWeights(weights, run, path);
    return weights;
  } catch (error) {
    if (!(error instanceof RunFault)) throw error;
    throw error.of(error.fault.file === "weights.bin" ? beside : path);
  }
}

/** @throws RunFault unless the weights are those of the spec, in its order */
function compareWeights(weights: NamedWeights, { spec }: Run, path: string): void {
  const parts = path === runPaths.autoencoder ? [spec.encoder, spec.decoder] : [partOf(spec, path)];
  const expected = parts.flatMap(layerSizes).flatMap(({ layer, weights: own }) => {
    return own.map(({ name, shape }) => `${layer.name}/${name} of ${printedShape(shape)}`);
  });
  const got = weights.map(({ name, shape }) => `${name} of ${printedShape(shape)}`);
  const at = Array.from({ length: Math.max(expected.length, got.length) }).findIndex(
    (_, at) => expected[at] !== got[at],
  );
  if (at < 0) return;
  const [what, came] = [expected[at] ?? "no more weights", `got ${got[at] ?? "no more"}`];
  throw new RunFault({ field: `weight ${at}`, expected: `${what}, as run.json's spec has it`, came, mend });
}

function partOf({ encoder, decoder }: Run["spec"], path: string) {
  return path === runPaths.encoder || path === runPaths.pageEncoder ? encoder : decoder;
}
