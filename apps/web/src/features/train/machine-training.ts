import { advance, type TrainingProgress } from "@autoencoder/model/progress";
import type { TrainerEvent } from "@autoencoder/model/run";
import {
  array,
  boolean,
  type GenericSchema,
  maxLength,
  maxValue,
  minValue,
  nullable,
  number,
  object,
  picklist,
  pipe,
  regex,
  string,
  tuple,
} from "valibot";
import { sessionTexts, storedValue } from "../../shared/storage.ts";
import type { TrainAnswers } from "../../trpc/train-client.ts";

/** A training of this machine as this tab follows it. */

export type Job = TrainAnswers["list"][number];
/** What the stream says of a training that goes on. */
type Told = { run: string; event: TrainerEvent };

/** The last event that came, by its attempt and line, and what all of that training have made. */
export interface Followed {
  last: string;
  run: string;
  progress: TrainingProgress;
}

const count = pipe(number(), minValue(0), maxValue(1e9));
const progress = object({
  phase: picklist(["starting", "training", "measuring", "published", "stopped", "failed"]),
  engine: nullable(string()),
  device: nullable(string()),
  epochs: nullable(count),
  epoch: count,
  batch: count,
  batches: nullable(count),
  loss: nullable(number()),
  valLoss: nullable(number()),
  imagesPerSecond: nullable(number()),
  secondsLeft: nullable(number()),
  collapsed: boolean(),
  testMse: nullable(number()),
  points: pipe(array(tuple([count, number()])), maxLength(500)),
});
const followed = object({ last: pipe(string(), regex(/^\d{1,9}\.\d{1,9}$/)), run: string(), progress });

/** It lasts as long as the tab: a page that is loaded again goes on after the last event, and draws the same line. */
export const followedTraining = storedValue<Followed | null>(sessionTexts, {
  name: "training-on-this-machine",
  version: 1,
  schema: nullable(followed) as GenericSchema<unknown, Followed | null>,
  empty: null,
});

/** What one more event makes of it. */
export function follow(before: Followed | null, id: string, { run, event }: Told): Followed {
  return { last: id, run, progress: advance(before?.run === run ? before.progress : undefined, event) };
}
