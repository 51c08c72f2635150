import { type Line, line, scaleLinear, scaleLog } from "d3";
import type { Tick } from "./line-chart.tsx";

type Pair = readonly [number, number];

/** Values along a line in proportion. @param range places of the two ends, in the drawing's units */
export function linearScale(domain: Pair, range: Pair) {
  return scaleLinear(domain, range);
}

/** Factors along a line in proportion: ten times as much is as far anywhere. @param domain both above 0 */
export function logScale(domain: Pair, range: Pair) {
  return scaleLog(domain, range);
}

/** 1, 2 and 5 of every power of ten between two values; the two themselves where there is none. */
export function logTicks([low, high]: Pair): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const digit of [1, 2, 5]) {
      const value = Number(`${digit}e${power}`);
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  return ticks.length > 0 ? ticks : [low, high];
}

/** Values as ticks of an axis, printed with two digits that matter. */
export function ticksAt(values: readonly number[], scale: (value: number) => number): Tick[] {
  return values.map((value) => ({ at: scale(value), label: String(Number(value.toPrecision(2))) }));
}

type Accessor<Point> = (point: Point, index: number) => number;

/** Path data of a line, to a hundredth, as server and browser take logarithms that differ in the last bit. */
export function linePath<Point>(x: Accessor<Point>, y: Accessor<Point>): Line<Point> {
  return line<Point>(x, y).digits(2);
}

/** Labels stand at least this far from each other, and from the drawing's upper edge: a line of text. */
const labelDistance = 15;

/** Moves labels apart so that none touches another: upwards, and down again where there is no more room above. */
export function spreadLabels<Label extends { y: number }>(labels: readonly Label[]): Label[] {
  const sorted = [...labels].sort((a, b) => b.y - a.y);
  let below = Number.POSITIVE_INFINITY;
  const moved = sorted.map((label) => {
    below = Math.min(label.y, below - labelDistance);
    return { ...label, y: below };
  });
  let above = 0;
  for (const label of moved.reverse()) {
    label.y = Math.max(label.y, above + labelDistance);
    above = label.y;
  }
  return moved.reverse();
}
