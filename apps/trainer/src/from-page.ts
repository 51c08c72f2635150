import { readFile, stat } from "node:fs/promises";
import { countParameters } from "@autoencoder/model";
import { boundedName, mostEpochs } from "@autoencoder/model/recipes";
import { type PageTraining, parsePageTraining, RunFault } from "@autoencoder/model/run";
import { readState, type TrainingState } from "@autoencoder/model/training";
import { strFromU8, unzipSync } from "fflate";
import { UsageError } from "./command-line.ts";
import type { FurtherTraining } from "./further.ts";
import { shownPath } from "./paths.ts";

/** Bytes of the zip, and of each of the two files in it that are read; the largest network of the page has 4 MB of state. */
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
  const { training, state } = await open(path);
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
    further: { from: { page: training }, state, snapshots: undefined, files, shards, outputBias },
  };
}

async function open(path: string): Promise<{ training: PageTraining; state: TrainingState }> {
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
    const wanted = ["training.json", "checkpoint.safetensors"];
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
    throw refuse(cause instanceof RunFault ? cause.message : "its training.json is damaged", cause);
  }
  try {
    state = readState(checkpoint);
  } catch (cause) {
    throw refuse("its checkpoint.safetensors is damaged", cause);
  }
  const { spec } = training.recipe;
  const { drawing } = training.page;
  if (drawing)
    throw new UsageError(
      `--from: expected a training on MNIST's pictures alone but ${drawing.to - drawing.from} of them are the reader's drawing: ${shownPath(path)}; use the models in the zip as they are, or train without the drawing and download that`,
    );
  const weights = countParameters(spec.encoder) + countParameters(spec.decoder);
  if (state.weights.length === weights) return { training, state };
  throw refuse(`its state has ${state.weights.length} weights where its network has ${weights}`);
}
