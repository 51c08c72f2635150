import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { joinWeights, tensor } from "@autoencoder/model";
import { boundedName, mostEpochs, type Recipe } from "@autoencoder/model/recipes";
import {
  type EpochRecord,
  openFile,
  openTable,
  openWeights,
  type PageTraining,
  type Run,
  runPaths,
} from "@autoencoder/model/run";
import { collapseRule, readState, type StartingState, type TrainingState } from "@autoencoder/model/training";
import { UsageError } from "./command-line.ts";
import { type PlacedDrawing, readDrawing } from "./drawing.ts";
import { type Published, told } from "./published.ts";
import { checkpointFile } from "./run-folder/work-folder.ts";

/** What is trained further, as a run of its own: a finished run, or what a page has trained. */
export interface Further {
  from: { run: Run } | { page: PageTraining };
  /** Where it ended; without a run's checkpoint, what its optimizer remembered is lost. */
  state: StartingState;
  /** Its table of snapshots, where it has one. */
  snapshots: Uint8Array | undefined;
  /** The reader's drawing that it was trained on. */
  drawing: PlacedDrawing | undefined;
  /** The data files that it was trained on. */
  files: Run["dataset"]["files"];
  /** Parts of its batches, where these were divided. */
  shards: number | undefined;
  /** At which its output layer's bias started. */
  outputBias: number;
}

/** A training that goes on from a finished run. */
export interface FurtherTraining {
  name: string;
  recipe: Recipe;
  further: Further;
}

/**
 * What `--more N` asks for: the run's recipe with N epochs more, from where the run ended, under a name that says so.
 * @throws Error of one line where there is no such run, it is damaged, or its recipe ends at its collapse
 */
export async function trainFurther(published: Published, more: number): Promise<FurtherTraining> {
  const { run, folder, read } = published;
  const { name, history, collapse } = run;
  // It ended because more epochs did not help; more are asked for all the same.
  const { earlyStopping: _, ...recipe } = run.recipe;
  if (collapse && recipe.onCollapse === "stop") {
    throw new UsageError(
      `--more: expected a run that reached its last epoch but ${name} collapsed in epoch ${collapse.epoch}; train another`,
    );
  }
  const epochs = history.length + more;
  if (epochs > mostEpochs) {
    throw new UsageError(`--more: expected at most ${mostEpochs} epochs in all but got ${history.length} + ${more}`);
  }
  const { train, validation, from = 0 } = run.dataset.split;
  const part = from + train + validation < run.dataset.trainingImages || from > 0;
  return {
    name: boundedName([name, `to-${epochs}-epochs`]),
    recipe: { ...recipe, epochs, ...(part && { images: [from, from + train + validation] }) },
    further: await told(folder, "--more", async () => ({
      from: { run },
      state: await stateOf(published),
      snapshots: run.files.some(({ path }) => path === runPaths.snapshots)
        ? (await openFile(run, runPaths.snapshots, read)).bytes
        : undefined,
      drawing: await drawingOf(published),
      files: run.dataset.files,
      shards: run.engine.shards,
      outputBias: run.outputBias,
    })),
  };
}

/** The reader's drawing that a run was trained on. @throws RunFault where its file is missing or damaged */
export async function drawingOf({ run, read }: Published): Promise<PlacedDrawing | undefined> {
  const { drawing } = run.page ?? {};
  return drawing && readDrawing(drawing, (await openFile(run, drawing.path, read)).bytes, run.spec);
}

/** Where a run ended: its checkpoint, or without one its weights, with an optimizer that starts anew. */
async function stateOf({ run, folder, read }: Published): Promise<StartingState> {
  const weights = joinWeights(await openWeights(run, runPaths.autoencoder, read));
  const kept = await readCheckpoint(join(folder, checkpointFile));
  if (kept && sameValues(kept.weights, weights)) return kept;
  const losses = tensor(await openTable(run, runPaths.steps, read), "loss").data;
  const { history, startedAt, seconds, collapse, status } = run;
  return {
    fingerprint: "",
    weights,
    losses: [...losses],
    progress: {
      startedAt,
      step: losses.length,
      optimizerFrom: losses.length,
      epoch: history.length,
      batch: 0,
      lossSum: 0,
      imagesSeen: 0,
      epochSeconds: 0,
      seconds,
      collapsedBatches: status === "collapsed" ? collapseRule.patience : 0,
      ...(collapse && { collapse }),
      history: history as EpochRecord[],
    },
  };
}

/** A checkpoint beside a published run; one that is missing or damaged is none. */
async function readCheckpoint(path: string): Promise<TrainingState | undefined> {
  try {
    return readState(new Uint8Array(await readFile(path)));
  } catch {
    return undefined;
  }
}

function sameValues(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}
