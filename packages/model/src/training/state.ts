import { z } from "zod";
import { RunFault } from "../run/fault.ts";
import { firstIssue } from "../run/issue-words.ts";
import { epochRecord, runLimits } from "../run/run.ts";
import { parseObject } from "../run/stored-json.ts";
import { readMetadata, readTable, tensor, writeTable } from "../run/tables.ts";
import { shown } from "../words.ts";
import type { Slots } from "./optimizer.ts";

/**
 * Everything a run needs to go on as if it had never stopped. Order and weights of every epoch derive from the seed and
 * the epoch's number, so these counters are the whole random state.
 */
export interface TrainingState {
  /** What the run is: a checkpoint only continues a run with the same fingerprint. */
  fingerprint: string;
  progress: Progress;
  /** Flat, in layer order. */
  weights: Float32Array;
  /** What the optimizer remembers of each weight. */
  slots: Slots;
  /** Loss of every batch so far. */
  losses: number[];
}

/** A state to start from: without slots the optimizer starts anew. */
export type StartingState = Omit<TrainingState, "slots"> & { slots?: Slots };

const progress = z.strictObject({
  /** When the run began, ISO 8601. */
  startedAt: z.iso.datetime(),
  /** Steps of the optimizer taken. */
  step: z.int().nonnegative(),
  /** The step after which the optimizer started anew; where it is missing it remembers all steps. */
  optimizerFrom: z.int().nonnegative().optional(),
  /** Whole epochs done. */
  epoch: z.int().nonnegative(),
  /** Batches done in the epoch that is under way. */
  batch: z.int().nonnegative(),
  /** Sum over that epoch's images of their losses, and how many images that is. */
  lossSum: z.number(),
  imagesSeen: z.int().nonnegative(),
  /** Seconds spent in that epoch, and in all. */
  epochSeconds: z.number(),
  seconds: z.number(),
  /** Batches in a row that looked collapsed. */
  collapsedBatches: z.int().nonnegative(),
  collapse: z.strictObject({ epoch: z.int(), batch: z.int(), explanation: z.string() }).optional(),
  history: z.array(epochRecord),
});
export type Progress = z.infer<typeof progress>;

/** The progress of a run that has not begun. */
export function freshProgress(startedAt: string): Progress {
  return {
    startedAt,
    step: 0,
    epoch: 0,
    batch: 0,
    lossSum: 0,
    imagesSeen: 0,
    epochSeconds: 0,
    seconds: 0,
    collapsedBatches: 0,
    history: [],
  };
}

/** A checkpoint's bytes: a safetensors table whose metadata hold fingerprint and progress. */
export function writeState({ fingerprint, progress, weights, slots, losses }: TrainingState): Uint8Array {
  const flat = (data: Float32Array) => ({ dtype: "F32" as const, shape: [data.length], data });
  return writeTable(
    {
      weights: flat(weights),
      ...Object.fromEntries(Object.entries(slots).map(([name, data]) => [name, flat(data)])),
      losses: flat(Float32Array.from(losses)),
    },
    { fingerprint, progress: JSON.stringify(progress) },
  );
}

/** A checkpoint from its bytes. @throws RunFault, or Error that names a missing tensor, when they are damaged. */
export function readState(bytes: Uint8Array): TrainingState {
  const table = readTable(bytes);
  const metadata = readMetadata(bytes);
  const data = (name: string) => {
    const { dtype, shape, data } = tensor(table, name);
    if (dtype === "F32" && shape.length === 1) return data;
    return refuse(`tensor ${name}`, "F32 [values]", `got ${dtype} [${shape}]`);
  };
  const weights = data("weights");
  const names = Object.keys(table).filter((name) => name !== "weights" && name !== "losses");
  const slots = Object.fromEntries(names.map((name) => [name, data(name)]));
  for (const [name, { length }] of Object.entries(slots)) {
    if (length !== weights.length)
      refuse(`tensor ${name}`, `${weights.length} values, as weights has`, `got ${length}`);
  }
  const { fingerprint } = metadata;
  if (!fingerprint) return refuse("fingerprint", "a text", `got ${shown(fingerprint)}`);
  return { fingerprint, progress: readProgress(metadata.progress), weights, slots, losses: [...data("losses")] };
}

function readProgress(text: string | undefined): Progress {
  const bounds = { what: "a JSON object as its progress", most: runLimits.runJson, file: "checkpoint", mend };
  const json = parseObject(text ?? "", bounds);
  const result = progress.safeParse(json);
  if (result.success) return result.data;
  const { field, ...words } = firstIssue(result.error, json);
  return refuse(`progress.${field}`, words.expected, words.came);
}

const mend = "it is damaged";

function refuse(field: string, expected: string, came: string): never {
  throw new RunFault({ file: "checkpoint", field, expected, came, mend });
}
