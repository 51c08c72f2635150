import type { EpochRecord } from "../run/run.ts";
import type { EarlyStop } from "./early-stopping.ts";

/** What the training loop reports, in order. */
export type TrainingEvent =
  | {
      kind: "batch";
      /** From 1. */
      epoch: number;
      /** From 1, of `batches`. */
      batch: number;
      batches: number;
      /** This batch's loss before its step. */
      loss: number;
      /** Running mean over the epoch's images so far, as Keras prints it. */
      runningLoss: number;
      gradientNorm: number;
      /** Training images a second in this epoch so far. */
      imagesPerSecond: number;
      /** Seconds spent in this epoch so far. */
      epochSeconds: number;
    }
  | { kind: "epoch"; record: EpochRecord }
  | { kind: "collapse"; epoch: number; batch: number; explanation: string }
  /** No epoch after this one, since the validation loss no longer fell. */
  | ({ kind: "earlyStop" } & EarlyStop)
  /** The last event: all epochs done, or asked to stop after this batch, or stopped because it collapsed. */
  | { kind: "end"; reason: "complete" | "interrupted" | "collapsed" };

/** A loss that is not a finite number: nothing after it would be. */
export class DivergedError extends Error {
  constructor(epoch: number, batch: number, loss: number) {
    super(
      `training diverged: expected a finite loss but got ${loss} in epoch ${epoch}, batch ${batch}; ` +
        "lower the learning rate, or check that the pixels lie in [0, 1]",
    );
    this.name = "DivergedError";
  }
}
