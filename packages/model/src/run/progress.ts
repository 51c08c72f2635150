import type { TrainerEvent } from "./events.ts";

/** How far a training has come, as its events tell it: what a page shows of one that goes on, and a list of one that ended. */
export interface TrainingProgress {
  phase: "starting" | "training" | "measuring" | "published" | "stopped" | "failed";
  engine: string | null;
  device: string | null;
  epochs: number | null;
  /** The epoch that is trained, from 1, and how much of it is done. */
  epoch: number;
  batch: number;
  batches: number | null;
  /** Running mean over the epoch so far. */
  loss: number | null;
  /** Of the last epoch that ended. */
  valLoss: number | null;
  imagesPerSecond: number | null;
  /** To the end of the last epoch. */
  secondsLeft: number | null;
  collapsed: boolean;
  /** On the test images, once the run is published. */
  testMse: number | null;
  /** Training losses by the epochs that had passed, in order. */
  points: LossOverEpochs[];
}

/** Epochs that had passed, and the loss. */
export type LossOverEpochs = readonly [at: number, loss: number];

/** A small line needs no more; of more, every other one goes. */
export const mostPoints = 120;

const atFirst: TrainingProgress = {
  phase: "starting",
  engine: null,
  device: null,
  epochs: null,
  epoch: 0,
  batch: 0,
  batches: null,
  loss: null,
  valLoss: null,
  imagesPerSecond: null,
  secondsLeft: null,
  collapsed: false,
  testMse: null,
  points: [],
};

/** What one more event makes of it. A new attempt goes on with the line of the one before. */
export function advance(progress: TrainingProgress = atFirst, event: TrainerEvent): TrainingProgress {
  switch (event.event) {
    case "attempt":
      return event.resumes ? { ...progress, phase: "starting", secondsLeft: null } : atFirst;
    case "start":
      return { ...progress, engine: event.engine, device: event.device, epochs: event.epochs };
    case "estimate":
      return { ...progress, secondsLeft: event.training };
    case "step": {
      const { epoch, batch, batches, loss, imagesPerSecond, secondsLeft } = event;
      const points = withPoint(progress.points, epoch - 1 + batch / batches, loss);
      return { ...progress, phase: "training", epoch, batch, batches, loss, imagesPerSecond, secondsLeft, points };
    }
    case "epoch": {
      const { epoch, loss, valLoss, imagesPerSecond } = event;
      const phase = epoch === progress.epochs ? "measuring" : "training";
      return {
        ...progress,
        phase,
        epoch,
        loss,
        valLoss,
        imagesPerSecond,
        points: withPoint(progress.points, epoch, loss),
      };
    }
    case "collapse":
      return { ...progress, collapsed: true };
    case "earlyStop":
      return { ...progress, phase: "measuring" };
    case "published":
      return { ...progress, phase: "published", secondsLeft: 0, testMse: event.test.mse };
    case "stopped":
      return { ...progress, phase: "stopped", secondsLeft: null };
    case "error":
      return { ...progress, phase: "failed", secondsLeft: null };
    case "resumed":
      return progress;
  }
}

/** What was trained after a checkpoint is trained again: later points go, where a resumed run comes to an earlier one. */
function withPoint(points: readonly LossOverEpochs[], at: number, loss: number | null): LossOverEpochs[] {
  const before = points.filter(([other]) => other < at);
  if (loss === null) return before;
  const all = [...before, [Number(at.toFixed(3)), Number(loss.toPrecision(5))] as const];
  return all.length > mostPoints ? all.filter((_, index) => (all.length - 1 - index) % 2 === 0) : all;
}
