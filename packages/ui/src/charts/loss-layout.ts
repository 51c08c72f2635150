import type { ChartLine, ChartSize, Tick } from "./line-chart.tsx";
import { linearScale, linePath, logScale, logTicks, ticksAt } from "./scales.ts";

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

/** Two drawings, so that type keeps its size on a phone; the narrow one has no room for names beside its lines. */
export const lossChartSizes = {
  wide: { width: 720, height: 400, left: 64, right: 128, top: 14, bottom: 46 },
  narrow: { width: 380, height: 340, left: 66, right: 10, top: 14, bottom: 44 },
} as const satisfies Record<string, ChartSize>;

/** What a loss chart shows. */
export interface LossContent {
  /** Epochs in order, at least one. */
  history: readonly LossPoint[];
  levels: readonly LossLevel[];
  scale: LossScale;
  /** Where the training loss stands; default: as it is logged. Placed, the loss that was measured again is drawn too. */
  train?: TrainPlace;
}

/** Where everything of a loss chart lies. */
export interface LossLayout {
  /** Horizontal place of an epoch. */
  x: (epoch: number) => number;
  /** Vertical place of a loss. */
  y: (loss: number) => number;
  /** Horizontal place of an epoch's running mean. */
  trainX: (epoch: number) => number;
  /** Path data of the lines; `recomputed` is empty unless it is asked for and known. */
  paths: { train: string; validation: string; recomputed: string };
  yTicks: Tick[];
  xTicks: Tick[];
  /** Levels that lie within the picture. */
  levels: (LossLevel & { y: number })[];
  /** Epoch nearest to a horizontal place. */
  epochAt: (x: number) => number;
}

/** Lays losses by epoch out; on a logarithmic scale a loss of 0 has no place. */
export function lossLayout(content: LossContent, size: ChartSize): LossLayout {
  const { history, levels, scale, train = "logged" } = content;
  const { width, height, left, right, top, bottom } = size;
  const values = history.flatMap(({ loss, valLoss, recomputed }) => [loss, valLoss, recomputed]);
  const shown = [...values, ...levels.map(({ value }) => value)].filter(isPositive);
  const [least, greatest] = [Math.min(...shown), Math.max(...shown)];
  const decades = [least / 1.2, greatest * 1.2] as const;
  const lastEpoch = Math.max(2, history.at(-1)?.epoch ?? 2);
  const back = train === "placed" ? 0.5 : 0;
  const x = linearScale([1 - back, lastEpoch], [left, width - right]);
  const trainX = (epoch: number) => x(epoch - back);
  const range = [height - bottom, top] as const;
  const y = scale === "log" ? logScale(decades, range) : linearScale([0, greatest * 1.06], range);
  const path = (key: "loss" | "valLoss" | "recomputed") =>
    linePath<LossPoint>(
      ({ epoch }) => (key === "loss" ? trainX(epoch) : x(epoch)),
      (point) => y(point[key] as number),
    ).defined((point) => (scale === "log" ? isPositive(point[key]) : typeof point[key] === "number"))(history) ?? "";
  return {
    x,
    trainX,
    y,
    paths: {
      train: path("loss"),
      validation: path("valLoss"),
      recomputed: train === "placed" ? path("recomputed") : "",
    },
    yTicks: ticksAt(scale === "log" ? logTicks(decades) : y.ticks(6), y),
    xTicks: x
      .ticks(Math.min(Math.floor((width - left - right) / 50), lastEpoch))
      .filter(Number.isInteger)
      .map((epoch) => ({ at: x(epoch), label: String(epoch) })),
    levels: levels.map((level) => ({ ...level, y: y(level.value) })),
    epochAt: (place) => Math.min(history.at(-1)?.epoch ?? 1, Math.max(1, Math.round(x.invert(place)))),
  };
}

/** The lines of a laid-out loss chart. */
export function lossLines({ paths }: LossLayout, colours: { train: string; validation: string }, width: number) {
  const lines: ChartLine[] = [
    { name: "train", path: paths.train, colour: colours.train, width },
    { name: "validation", path: paths.validation, colour: colours.validation, width },
  ];
  if (paths.recomputed) {
    lines.push({ name: "recomputed", path: paths.recomputed, colour: colours.train, width, dashes: "6 4" });
  }
  return lines;
}

function isPositive(value: number | null | undefined): value is number {
  return typeof value === "number" && value > 0;
}
