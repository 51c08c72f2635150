import {
  exponential,
  fixed,
  integer,
  LineChart,
  linearScale,
  linePath,
  logScale,
  logTicks,
  pageLook,
  ticksAt,
} from "@autoencoder/ui";
import { type Level, levelLabels } from "./level-labels.ts";
import styles from "./train.module.css";
import { useNarrow } from "./use-narrow.ts";

/** A measurement of a training, step by step. */
export interface Series {
  name: string;
  colour: string;
  /** A course that is over: another run's, or the one that was left. */
  ghost?: boolean;
  points: readonly { step: number; value: number }[];
}

export interface LinesProps {
  /** What is measured. */
  name: string;
  series: readonly Series[];
  /** Heights for comparison. */
  levels: readonly Level[];
  /** Whether it falls through many powers of ten. */
  small: boolean;
  /** The step that the figures show. */
  at: number;
  children?: React.ReactNode;
}

const wide = { width: 520, height: 200, left: 54, right: 10, top: 12, bottom: 36 };
/** As wide as a phone, so that its text is not drawn smaller. */
const narrow = { ...wide, width: 350 };
/** More points than this are thinned: a line is not drawn finer than the screen. */
const mostPoints = 400;

/** Measurements of trainings over their steps, on a logarithmic scale, with the shown step marked. */
export function Lines({ name, series, levels, small, at, children }: LinesProps) {
  const size = useNarrow() ? narrow : wide;
  const own = series.filter(({ ghost }) => !ghost).flatMap(({ points }) => points);
  const last = Math.max(64, ...own.map(({ step }) => step));
  const [low, high] = rangeOf([...own.map(({ value }) => value), ...levels.map(({ value }) => value)], small);
  const x = linearScale([0, last], [size.left, size.width - size.right]);
  const scale = logScale([low, high], [size.height - size.bottom, size.top]);
  const y = (value: number) => scale(Math.min(high, Math.max(low, value)));
  const path = linePath<{ step: number; value: number }>(
    ({ step }) => x(step),
    ({ value }) => y(value),
  );
  const print = (value: number) => (small ? exponential(value, 1) : fixed(value));
  const reading = series
    .filter(({ ghost }) => !ghost)
    .map(({ name: of, points }) => ({ of, value: points.findLast(({ step }) => step <= at)?.value }));
  const told = reading.map(({ of, value }) => `${of}: ${value === undefined ? "nothing yet" : print(value)}`);
  const compared = levels.map(({ name: of, value }) => `${of}: ${print(value)}`);
  return (
    <figure className={styles.lines}>
      <figcaption>
        <b>{name}</b>{" "}
        {reading.map(({ of, value }) => (
          <span key={of} className="number" data-part="reading">
            {value === undefined ? "–" : print(value)}
          </span>
        ))}
      </figcaption>
      <LineChart
        size={size}
        look={pageLook}
        label={`${name} by step, logarithmic, at step ${integer(at)}. ${[...told, ...compared].join("; ")}`}
        y={{
          ticks: small
            ? powers(low, high).map((value) => ({ at: y(value), label: exponential(value, 0) }))
            : ticksAt(logTicks([low, high]), y),
        }}
        x={{ ticks: stepTicks(last).map((step) => ({ at: x(step), label: integer(step) })), name: "step" }}
        numbersBelow={15}
        lines={series.map(({ name: of, colour, ghost = false, points }) => ({
          name: of,
          path: path(thinned(points.filter(({ step, value }) => step <= last && Number.isFinite(value)))) ?? "",
          colour,
          width: ghost ? 1.5 : 2,
          ...(ghost && { dashes: "3 3" }),
        }))}
        levels={levels.map(({ value }) => y(value))}
        labels={levelLabels(levels, y).map((label) => ({ ...label, x: size.width - size.right, anchor: "end" }))}
        marker={at > last ? undefined : x(at)}
      />
      {children}
    </figure>
  );
}

/** A range that holds all of these, with some room. */
function rangeOf(values: readonly number[], small: boolean): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value) && value > 0);
  if (finite.length === 0) return small ? [1e-9, 1] : [0.01, 0.3];
  const [least, greatest] = [Math.min(...finite), Math.max(...finite)];
  return small ? [Math.max(1e-12, least / 3), greatest * 3] : [least * 0.8, Math.max(greatest, least * 2) * 1.2];
}

function powers(low: number, high: number): number[] {
  const all = Array.from({ length: 15 }, (_, at) => 10 ** (at - 12)).filter((value) => value >= low && value <= high);
  const every = Math.ceil(all.length / 5);
  return all.filter((_, at) => at % every === 0);
}

function stepTicks(last: number): number[] {
  const rough = last / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const stride = [1, 2, 5, 10].map((digit) => digit * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.floor(last / stride) + 1 }, (_, at) => at * stride);
}

function thinned<Point>(points: readonly Point[]): readonly Point[] {
  if (points.length <= mostPoints) return points;
  const every = Math.ceil(points.length / mostPoints);
  return points.filter((_, at) => at % every === 0 || at === points.length - 1);
}
