import { collapseRule } from "@autoencoder/model";
import { exponential, fixed } from "@autoencoder/ui";
import type { ApiAnswers } from "../../src/trpc/caller.ts";

/** A moment of a training, and what a snapshot measured of it. */
export type Moment = NonNullable<ApiAnswers["training"]["snapshots"]>["moments"][number];
export type SnapshotMeasurement = Exclude<keyof Moment, "step">;

/** What a snapshot measured, and how it is printed. */
export const measured: Readonly<Record<SnapshotMeasurement, { name: string; show: (value: number) => string }>> = {
  trainMse: { name: "error", show: (value) => fixed(value, 4) },
  outputMean: { name: "mean output", show: (value) => (value < 0.0005 ? exponential(value) : fixed(value, 3)) },
  outputBias: { name: "output bias", show: (value) => fixed(value, 3) },
  liveMaps: { name: "live maps", show: String },
  lastMapsMean: { name: "their mean", show: (value) => fixed(value, value < 0.1 ? 3 : 1) },
  preActivationMean: { name: "mean sum", show: (value) => fixed(value, 1) },
  preActivationMin: { name: "least sum", show: (value) => fixed(value, 1) },
  gradientNorm: { name: "gradient norm", show: (value) => exponential(value) },
};

/** A run's moments that tell a collapse from learning: the first steps, the end of the first epoch, the last step. */
export function tellingMoments(moments: readonly Moment[], epoch: number): readonly Moment[] {
  return moments.filter(({ step }, at) => step <= 200 || step === epoch || at === moments.length - 1);
}

/** Pictures are black where the mean output is below this. */
export const blackOutput = 0.01;

/** Collapsed by the rule of chapter 7, which asks at the end of the first epoch: a loss of 0.11 may still recover before. */
export function hasCollapsed({ outputMean, gradientNorm }: Moment): boolean {
  return outputMean < blackOutput && gradientNorm < collapseRule.gradientNorm;
}
