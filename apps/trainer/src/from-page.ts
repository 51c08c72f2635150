import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { countParameters } from "@autoencoder/model";
import { boundedName, mostEpochs } from "@autoencoder/model/recipes";
import { type PageTraining, parsePageTraining, RunFault, runPaths } from "@autoencoder/model/run";
import { readState, type TrainingState } from "@autoencoder/model/training";
import { strFromU8, unzipSync } from "fflate";
import { UsageError } from "./command-line.ts";
import { type PlacedDrawing, readDrawing } from "./drawing.ts";
import type { FurtherTraining } from "./further.ts";
import { shownPath } from "./paths.ts";

const lacksDrawing = `it has no ${runPaths.drawing}, the drawing that it was trained on`;

/** Bytes of the zip, and of each of the three files in it that are read; the largest network of the page has 4 MB of state. */
const most = 200_000_000;

/**
 * What `--from FILE` asks for: the training of the page is gone on with to the end of its epoch, and published.
 * @param more epochs beyond that
 * @throws UsageError where the file is not one that /train gives to download
 */
export async function takeFromPage(
  path: string,
  { more = 0, name }: { more?: number | undefined; name: string | undefined },
): Promise<FurtherTraining> {
  const { training, state, drawing } = await open(path);
  const { epoch, batch } = state.progress;
  const begun = Math.max(1, batch > 0 ? epoch + 1 : epoch);
  const epochs = begun + more;
  if (epochs > mostEpochs) {
    throw new UsageError(`--more: expected at most ${mostEpochs} epochs in all but got ${begun} + ${more}`);
  }
  const { recipe, files, shards, outputBias } = training;
  return {
    name: name ?? boundedName(["page", recipe.name, `${epochs}-epochs`, `seed-${recipe.seed}`]),
    recipe: { ...recipe, epochs },
    further: { from: { page: training }, state, snapshots: undefined, drawing, files, shards, outputBias },
  };
}

interface Opened {
  training: PageTraining;
  state: TrainingState;
  drawing: PlacedDrawing | undefined;
}

async function open(path: string): Promise<Opened> {
  const refuse = (came: string, cause?: unknown) =>
    new UsageError(
      `--from: expected the zip that /train gives to download but ${came}: ${shownPath(path)}; download it again`,
      { cause },
    );
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw refuse("there is no such file");
  if (found.size > most) throw refuse(`it has ${found.size} bytes`);
  let files: Record<string, Uint8Array>;
  try {
    const wanted = ["training.json", "checkpoint.safetensors", runPaths.drawing];
    const filter = ({ name, originalSize }: { name: string; originalSize: number }) =>
      wanted.includes(name) && originalSize <= most;
    files = unzipSync(new Uint8Array(await readFile(path)), { filter });
  } catch (cause) {
    throw refuse("it is no zip", cause);
  }
  const { "training.json": described, "checkpoint.safetensors": checkpoint } = files;
  if (!described || !checkpoint) throw refuse(`it has no ${described ? "checkpoint.safetensors" : "training.json"}`);
  let state: TrainingState;
  let training: PageTraining;
  try {
    training = parsePageTraining(strFromU8(described));
  } catch (cause) {
    // So are the zips of pages that left the drawing out.
    if (cause instanceof RunFault && cause.fault.field === "page.drawing.path") throw refuse(lacksDrawing, cause);
    throw refuse(cause instanceof RunFault ? cause.message : "its training.json is damaged", cause);
  }
  try {
    state = readState(checkpoint);
  } catch (cause) {
    throw refuse("its checkpoint.safetensors is damaged", cause);
  }
  const { spec } = training.recipe;
  const weights = countParameters(spec.encoder) + countParameters(spec.decoder);
  if (state.weights.length !== weights)
    throw refuse(`its state has ${state.weights.length} weights where its network has ${weights}`);
  const { drawing } = training.page;
  if (!drawing) return { training, state, drawing: undefined };
  const file = files[runPaths.drawing];
  if (!file) throw refuse(lacksDrawing);
  const got = createHash("sha256").update(file).digest("hex");
  if (got !== drawing.sha256)
    throw refuse(
      `its ${drawing.path} is another: expected SHA-256 ${drawing.sha256.slice(0, 12)}… but got ${got.slice(0, 12)}…`,
    );
  try {
    return { training, state, drawing: readDrawing(drawing, file, spec) };
  } catch (cause) {
    if (!(cause instanceof RunFault)) throw cause;
    const { expected, came } = cause.fault;
    throw refuse(`its ${drawing.path} is another: expected ${expected} but ${came}`, cause);
  }
}
