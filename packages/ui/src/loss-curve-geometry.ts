import { line, scaleLinear, scaleLog } from "d3";

/** One epoch's losses; null where a figure was not finite or not measured. */
export interface LossPoint {
  epoch: number;
  /** The mean over the epoch while the weights moved. */
  loss: number | null;
  valLoss: number | null;
  /** The training loss measured again at the epoch's end, as the validation loss is. */
  recomputed?: number | null | undefined;
}

/** The training losses as they are logged, at the epoch's end; or the running mean in the epoch's middle, over which it was taken. */
export type TrainPlace = "logged" | "placed";

/** A horizontal line for comparison. */
export interface LossLevel {
  label: string;
  value: number;
}

export type LossScale = "log" | "linear";

/** A drawing's size and margins in its own units; it is scaled to the width that it has. */
export interface LossCurveSize {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Two drawings, so that type keeps its size on a phone; the narrow one has no room for names beside its lines. */
export const lossCurveSizes = {
  wide: { width: 720, height: 400, left: 64, right: 128, top: 14, bottom: 46 },
  narrow: { width: 380, height: 340, left: 66, right: 10, top: 14, bottom: 44 },
} as const satisfies Record<string, LossCurveSize>;

/** What a loss curve shows. */
export interface LossCurveContent {
  /** Epochs in order, at least one. */
  history: readonly LossPoint[];
  levels: readonly LossLevel[];
  scale: LossScale;
  /** Where the training loss stands; default: as logged. Placed, the loss that was measured again is drawn too. */
  train?: TrainPlace;
}

/** Where everything of a loss curve lies. */
export interface LossCurve {
  /** Horizontal place of an epoch. */
  x: (epoch: number) => number;
  /** Vertical place of a loss. */
  y: (loss: number) => number;
  /** Horizontal place of an epoch's running mean. */
  trainX: (epoch: number) => number;
  /** Path data of the lines; `recomputed` is empty unless it is asked for and known. */
  paths: { train: string; validation: string; recomputed: string };
  yTicks: { value: number; y: number; label: string }[];
  xTicks: { epoch: number; x: number }[];
  /** Levels that lie within the picture, where their labels stand without touching. */
  levels: (LossLevel & { y: number; labelY: number })[];
  /** Epoch nearest to a horizontal place. */
  epochAt: (x: number) => number;
}

/** Lays a loss curve out. */
export function lossCurve(
  { history, levels, scale, train = "logged" }: LossCurveContent,
  size: LossCurveSize,
): LossCurve {
  const back = train === "placed" ? 0.5 : 0;
  const { width, height, left, right, top, bottom } = size;
  const values = history
    .flatMap(({ loss, valLoss, recomputed }) => [loss, valLoss, recomputed])
    .filter((value) => typeof value === "number");
  const shown = [...values, ...levels.map(({ value }) => value)].filter((value) => value > 0);
  const low = Math.min(...shown);
  const high = Math.max(...shown);
  const lastEpoch = Math.max(2, history.at(-1)?.epoch ?? 2);
  const x = scaleLinear([1 - back, lastEpoch], [left, width - right]);
  const trainX = (epoch: number) => x(epoch - back);
  const range: [number, number] = [height - bottom, top];
  const y = scale === "log" ? scaleLog([low / 1.2, high * 1.2], range) : scaleLinear([0, high * 1.06], range);
  const path = (key: "loss" | "valLoss" | "recomputed") =>
    line<LossPoint>(
      (point) => (key === "loss" ? trainX(point.epoch) : x(point.epoch)),
      (point) => y(point[key] as number),
    )
      .defined((point) => typeof point[key] === "number")
      .digits(2)(history) ?? "";
  const ticks = scale === "log" ? logTicks(low / 1.2, high * 1.2) : (y.ticks(6) as number[]);
  return {
    x,
    trainX,
    y,
    paths: {
      train: path("loss"),
      validation: path("valLoss"),
      recomputed: train === "placed" ? path("recomputed") : "",
    },
    yTicks: ticks.map((value) => ({ value, y: y(value), label: String(Number(value.toPrecision(2))) })),
    xTicks: x
      .ticks(Math.min(Math.floor((width - left - right) / 50), lastEpoch))
      .filter(Number.isInteger)
      .map((epoch) => ({ epoch, x: x(epoch) })),
    levels: apart(levels.map((level) => ({ ...level, y: y(level.value), labelY: y(level.value) + 4 }))),
    epochAt: (place) => Math.min(history.at(-1)?.epoch ?? 1, Math.max(1, Math.round(x.invert(place)))),
  };
}

/** 1, 2 and 5 of every power of ten between two values. */
function logTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const digit of [1, 2, 5]) {
      const value = Number(`${digit}e${power}`);
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return ticks;
}

/** Labels stand at least this far from each other, and from the drawing's upper edge: a line of text. */
const labelDistance = 15;

/** Moves labels apart so that none touches another: upwards, and down again where there is no more room above. */
export function apart<Label extends { labelY: number }>(labels: readonly Label[]): Label[] {
  const sorted = [...labels].sort((a, b) => b.labelY - a.labelY);
  let below = Number.POSITIVE_INFINITY;
  const moved = sorted.map((label) => {
    below = Math.min(label.labelY, below - labelDistance);
    return { ...label, labelY: below };
  });
  let above = 0;
  for (const label of moved.reverse()) {
    label.labelY = Math.max(label.labelY, above + labelDistance);
    above = label.labelY;
  }
  return moved.reverse();
}
