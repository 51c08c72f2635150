import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readTable, tensor } from "@autoencoder/model";
import { parseRun, type Run, runPaths } from "@autoencoder/model/run";
import { type Autoencoder, buildAutoencoder, readWeights, setWeights } from "@autoencoder/model/tfjs";
import { openDataset } from "./dataset.ts";
import { chooseEngine } from "./engines/choose.ts";
import type { Options } from "./options.ts";
import { artifactsFolder, shownPath } from "./paths.ts";
import type { Output } from "./progress.ts";
import { activationStatistics } from "./run-folder/activation-statistics.ts";
import { projectionSeeds, projections } from "./run-folder/projections.ts";
import { publish, type RunContents } from "./run-folder/publish.ts";
import { type RunPlaces, runPlaces, WorkFolder } from "./run-folder/work.ts";

/**
 * Computes what derives from a published run's weights and publishes the run again with it; all other files stay as they
 * are, byte for byte. The folder that it replaces moves to artifacts/.replaced.
 * @throws Error of one line when the run is missing, damaged, or was trained on other data
 */
export async function derive({ name, engine, data }: Options, output: Output): Promise<void> {
  const say = (line: string) => output.write(`${line}\n`);
  const places = runPlaces(artifactsFolder(), name);
  const { run, contents } = await readPublished(places, name);
  const dataset = await openDataset(data);
  checkData(run, dataset.files);
  const choice = chooseEngine(engine);
  const started = await choice.engine.start();
  say(`${name}: what every layer gives over ${dataset.test.count} test images, by ${started.name} (${choice.why}) …`);
  const derived: Record<string, Uint8Array> = {
    [runPaths.testActivations]: await activationStatistics(openModels(run, contents), run.spec, dataset.test),
  };
  say(`${name}: maps of the codes by UMAP, ${projectionSeeds.length} seeds; a minute or two each …`);
  const codes = tensor(readTable(contents[runPaths.testLatents] as Uint8Array), "latents");
  derived[runPaths.projections] = projections(Float32Array.from(codes.data), codes.shape[1] as number, (seed, part) => {
    if (part === 1) say(`        seed ${seed} done`);
  });
  const work = await WorkFolder.open(places);
  try {
    const { files: _, ...rest } = run;
    const replaced = await publish(work.places, rest, { ...contents, ...derived });
    if (replaced) say(`the run as it was moved to ${shownPath(replaced)}`);
    await work.remove();
  } finally {
    await work.close();
  }
  for (const [path, table] of Object.entries(derived)) {
    say(`wrote   ${shownPath(join(places.published, path))}, ${table.length.toLocaleString("en-US")} bytes`);
  }
}

/** Every file of a published run, each proved to be the one that run.json names. */
async function readPublished({ published }: RunPlaces, name: string): Promise<{ run: Run; contents: RunContents }> {
  const path = join(published, "run.json");
  if (!existsSync(path)) {
    throw new Error(`--derive: expected the published run ${shownPath(path)} but there is none; train ${name} first`);
  }
  const run = parseRun(await readFile(path, "utf8"));
  const contents: Record<string, Uint8Array> = {};
  for (const file of run.files) {
    const full = join(published, file.path);
    if (!existsSync(full)) throw new Error(`--derive: ${shownPath(full)} is missing; train ${name} again`);
    const bytes = new Uint8Array(await readFile(full));
    const hash = createHash("sha256").update(bytes).digest("hex");
    if (hash !== file.sha256) {
      throw new Error(
        `--derive: ${shownPath(full)} is damaged: expected SHA-256 ${file.sha256.slice(0, 12)}… but got ` +
          `${hash.slice(0, 12)}…; train ${name} again`,
      );
    }
    contents[file.path] = bytes;
  }
  return { run, contents };
}

function checkData(run: Run, files: Run["dataset"]["files"]): void {
  for (const { name, sha256 } of run.dataset.files) {
    const got = files.find((file) => file.name === name)?.sha256 ?? "none";
    if (got === sha256) continue;
    throw new Error(
      `--derive: the run was trained on other data: expected ${name} with SHA-256 ${sha256.slice(0, 12)}… but got ` +
        `${got.slice(0, 12)}…; give its folder with --data`,
    );
  }
}

function openModels(run: Run, contents: RunContents): Autoencoder {
  const models = buildAutoencoder(run.spec);
  for (const [part, path] of [
    ["encoder", runPaths.encoder],
    ["decoder", runPaths.decoder],
  ] as const) {
    const weights = contents[path.replace("model.json", "weights.bin")] as Uint8Array;
    setWeights(models[part], readWeights(new TextDecoder().decode(contents[path] as Uint8Array), weights));
  }
  return models;
}
