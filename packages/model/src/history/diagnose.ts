import type { HistoryPoint } from "./read-history.ts";

/** How a training stands, told from the course of its losses. */

export type LossKind = "mse" | "bce";

/** Losses on the validation images of what needs no training, and of trainings that went well. */
export interface LossLadder {
  mse: { black: number; half: number; grey: number; meanImage: number; pca: number; example: number };
  bce: {
    /** What is left when every pixel is given back: grey pixels keep it above 0. */
    least: number;
    half: number;
    grey: number;
    meanImage: number;
    /** Black pictures, with outputs kept 1e-7 from 0. */
    black: number;
    /** A training with this loss that went well. */
    healthy: number;
  };
}

export type LossState =
  | "too-early"
  | "not-a-number"
  | "negative"
  | "zero"
  | "scale"
  | "diverged"
  | "black"
  | "white"
  | "untrained"
  | "grey"
  | "mean-image"
  | "constant"
  | "above-mean"
  | "learning"
  | "pca"
  | "good";

export interface Diagnosis {
  /** Undefined where both are possible and nobody has said which it is. */
  loss: LossKind | undefined;
  state: LossState;
  /** The value that is judged: of the last epoch, on the validation images where there are any. */
  value: number;
  /** Where it begins: the epoch of the first loss that is no number, or of the lowest one before it rose again. */
  since?: number;
  /** Last validation loss ÷ last training loss, the mean of three epochs each, where it is above 1.25. */
  gap?: number;
}

/** How far a loss may be from a rung to be that rung's. */
const near = 0.03;
/** Losses of neighbouring epochs this close to each other are one. */
const still = 0.01;
/** Largest MSE that there can be between pixels in [0, 1]. */
const mostOfMse = 1;
/** Above this no network prints grey values with binary cross-entropy, but for a white picture: one half everywhere has 0.69, black 2.1. */
const mostOfBce = 3;
/** The cross-entropy of a pixel that is printed wrong: outputs are kept 1e-7 from 0 and 1. */
const wrongPixelBce = -Math.log(1e-7);
/** A training whose loss was an MSE was never above this after its first epoch. */
const mostLearning = 0.3;
const gapLimit = 1.25;

/**
 * Judges the whole course.
 * @param asked which loss the reader says it is
 * @param unfinished whether the last line stands in the middle of its epoch
 */
export function diagnose(
  points: readonly HistoryPoint[],
  ladder: LossLadder,
  { asked, unfinished = false }: { asked?: LossKind | undefined; unfinished?: boolean } = {},
): Diagnosis | undefined {
  const course = points.map(({ epoch, loss, valLoss }, at) => ({
    epoch: epoch ?? at + 1,
    value: (valLoss ?? loss) as number,
  }));
  const values = course.map(({ value }) => value);
  const last = values.at(-1);
  if (last === undefined) return undefined;
  const broken = course.find(({ value }) => !Number.isFinite(value));
  if (broken) return { loss: asked, state: "not-a-number", value: broken.value, since: broken.epoch };
  const told = { loss: asked, value: last };
  if (last < 0) return { ...told, state: "negative" };
  if (last === 0) return { ...told, state: "zero" };
  const loss = asked ?? kindOf(values, ladder);
  if (loss !== undefined && isNear(last, whiteOf(loss, ladder))) return { loss, value: last, state: "white" };
  if (last > (loss === "bce" ? mostOfBce : mostOfMse) && loss !== undefined)
    return { loss, value: last, state: "scale" };
  if (unfinished && points.length === 1) return { loss, value: last, state: "too-early" };
  const judged = stateOf(values, loss ?? "mse", ladder);
  const gap = gapOf(points);
  const least = Math.min(...values);
  const since = judged === "diverged" ? course[values.indexOf(least)]?.epoch : undefined;
  return { loss, value: last, state: judged, ...(since !== undefined && { since }), ...(gap && { gap }) };
}

/** Which loss it must be, by what it takes values of; undefined where both can be. */
function kindOf(values: readonly number[], ladder: LossLadder): LossKind | undefined {
  const { mse, bce } = ladder;
  const last = values.at(-1) as number;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least < bce.least * (1 - near)) return "mse";
  if (isNear(last, whiteOf("bce", ladder))) return "bce";
  if (most > mostOfBce) return "mse";
  if (isNear(last, whiteOf("mse", ladder))) return undefined;
  if (most > mostLearning) return "bce";
  // A cross-entropy that stands still would stand on one of its own rungs, all of them far higher.
  const stands = values.length > 2 && isStill(values.slice(-3));
  return stands && isNear(last, mse.black) ? "mse" : undefined;
}

function stateOf(values: readonly number[], loss: LossKind, ladder: LossLadder): LossState {
  const last = values.at(-1) as number;
  const least = Math.min(...values);
  const { half, grey, meanImage, black } = ladder[loss];
  const floor = loss === "bce" ? ladder.bce.least : 0;
  // It had come below the mean picture, and stands at least twice as far above the least possible now.
  if (least < meanImage * (1 - near) && last - floor > 2 * (least - floor) && last > meanImage) return "diverged";
  if (isNear(last, black)) return "black";
  if (isNear(last, half)) return "untrained";
  if (isNear(last, grey)) return "grey";
  if (isNear(last, meanImage)) return "mean-image";
  if (last > meanImage) return values.length > 1 && isStill(values.slice(-3)) ? "constant" : "above-mean";
  if (loss === "bce") return last <= ladder.bce.healthy * 1.05 ? "good" : "learning";
  if (last > ladder.mse.pca) return "learning";
  return last > ladder.mse.example + 0.00005 ? "pca" : "good"; // the example is printed to four decimals
}

/** The loss of white pictures, by the rungs that are known: with pixels x, their means E(x²) and E(x − ½)² give E(1 − x)². */
function whiteOf(loss: LossKind, { mse, bce }: LossLadder): number {
  return loss === "mse" ? 0.5 - mse.black + 2 * mse.half : wrongPixelBce - bce.black;
}

function gapOf(points: readonly HistoryPoint[]): number | undefined {
  const lastThree = (of: "loss" | "valLoss") => {
    const values = points.slice(-3).map((point) => point[of]);
    return values.every((value) => value !== undefined) ? values.reduce((sum, value) => sum + value, 0) : Number.NaN;
  };
  const gap = lastThree("valLoss") / lastThree("loss");
  return points.length >= 3 && gap > gapLimit && Number.isFinite(gap) ? gap : undefined;
}

function isNear(value: number, rung: number): boolean {
  return Math.abs(value / rung - 1) < near;
}

function isStill(values: readonly number[]): boolean {
  return Math.max(...values) <= Math.min(...values) * (1 + still);
}
