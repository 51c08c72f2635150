import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "@autoencoder/data";
import { modelOutputShape, sizeOf, tensor } from "@autoencoder/model";
import { openFile, openTable, projectionSeeds, runPaths } from "@autoencoder/model/run";
import { openDataset, usedImages } from "./dataset.ts";
import { withDrawing } from "./drawing.ts";
import { chooseEngine } from "./engines/choose.ts";
import { drawingOf } from "./further.ts";
import type { Options } from "./options.ts";
import { artifactsFolder, shownPath } from "./paths.ts";
import type { Output } from "./progress.ts";
import { checkData, openModels, openPublished, type Published, told } from "./published.ts";
import { activationStatistics } from "./run-folder/activation-statistics.ts";
import { projections } from "./run-folder/projections.ts";
import { publish, type RunContents } from "./run-folder/publish.ts";
import { pcaOfRun, statisticsTable } from "./run-folder/statistics.ts";
import { checkpointFile, runFolders, WorkFolder } from "./run-folder/work-folder.ts";
import { systemClock } from "./terminal.ts";

/** A published run with its files and the data that it was trained on. */
interface Derivable extends Published {
  contents: RunContents;
  dataset: Dataset;
}

type Say = (line: string) => void;
type Derive = (published: Derivable, say: Say, engine: Options["engine"]) => Promise<Uint8Array>;

/** The tables that derive from a published run, by path. */
const derivations: Readonly<Record<string, Derive>> = {
  [runPaths.statistics]: async ({ run, contents, dataset }, say) => {
    say(`${run.name}: PCA's errors, and how often neighbours are of one class …`);
    const codeLength = sizeOf(modelOutputShape(run.spec.encoder));
    const pca = pcaOfRun(dataset, run.dataset.split, codeLength);
    return statisticsTable(dataset, pca, contents[runPaths.testLatents] as Uint8Array);
  },
  [runPaths.testActivations]: async (published, say, asked) => {
    const { run, dataset } = published;
    const { test } = dataset;
    const choice = chooseEngine(asked);
    const engine = await choice.engine.start();
    say(`${run.name}: what every layer gives over ${test.count} test images, by ${engine.name} (${choice.why}) …`);
    return activationStatistics(await openModels(published, "--derive"), run.spec, test);
  },
  [runPaths.projections]: async ({ run, read }, say) => {
    say(`${run.name}: maps of the codes by UMAP, ${projectionSeeds.length} seeds; a minute or two each …`);
    const codes = tensor(await openTable(run, runPaths.testLatents, read), "latents");
    return projections(Float32Array.from(codes.data), codes.shape[1] as number, (seed, part) => {
      if (part === 1) say(`        seed ${seed} done`);
    });
  },
};

/**
 * Computes what derives from a published run's weights and publishes the run again with it; all other files stay as they
 * are, byte for byte. The folder that it replaces moves to artifacts/.replaced.
 * @param paths the tables to compute; all of them unless told otherwise
 * @throws Error of one line when the run is missing, damaged, or was trained on other data
 */
export async function derive(
  { name, engine, data }: Pick<Options, "name" | "engine" | "data">,
  output: Output,
  paths: readonly string[] = Object.keys(derivations),
): Promise<void> {
  const say = (line: string) => output.write(`${line}\n`);
  const folders = runFolders(artifactsFolder(), name);
  const published = await openPublished(name, "--derive");
  const contents = await contentsOf(published);
  const { run } = published;
  const whole = await openDataset(data);
  checkData(run.dataset.files, whole.files, "--derive");
  const used = usedImages(whole.train, run.recipe);
  const drawing = await told(published.folder, "--derive", () => drawingOf(published));
  const train = drawing ? withDrawing(used, drawing, { recipe: run.recipe, wanted: "--derive" }) : used;
  const dataset = { ...whole, train };
  const derived: Record<string, Uint8Array> = {};
  for (const path of paths)
    derived[path] = await (derivations[path] as Derive)({ ...published, contents, dataset }, say, engine);
  const work = await WorkFolder.open(folders, systemClock.date());
  try {
    const { files: _, ...rest } = run;
    const checkpoint = await readFile(join(folders.published, checkpointFile)).catch(() => undefined);
    const { replaced } = await publish(work.folders, rest, { ...contents, ...derived }, checkpoint);
    if (replaced) say(`the run as it was moved to ${shownPath(replaced)}`);
  } finally {
    await work.close();
  }
  for (const [path, table] of Object.entries(derived)) {
    say(`wrote   ${shownPath(join(folders.published, path))}, ${table.length.toLocaleString("en-US")} bytes`);
  }
}

/** Every file of a published run, each proved to be the one that run.json names. */
function contentsOf({ run, folder, read }: Published): Promise<RunContents> {
  return told(folder, "--derive", async () => {
    const contents: Record<string, Uint8Array> = {};
    for (const file of run.files) contents[file.path] = (await openFile(run, file.path, read)).bytes;
    return contents;
  });
}
