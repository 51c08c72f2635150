import { exponential, fixed, integer, LineChart, linePath, logScale, pageLook, ticksAt } from "@autoencoder/ui";
import styles from "./film.module.css";

export interface FilmLinesProps {
  name: string;
  /** Of every frame, the run above and the run below. */
  above: readonly number[];
  below: readonly number[];
  steps: readonly number[];
  frame: number;
  /** What the vertical axis shows. */
  range: readonly [number, number];
  /** A height for comparison, with its name. */
  level: { value: number; name: string };
  small: boolean;
  /** Whether the reader is to guess first: axes alone, until then. */
  withheld?: boolean;
}

const size = { width: 480, height: 150, left: 52, right: 6, top: 12, bottom: 22 };

/** Where the axis of a measurement that falls through many powers of ten has its numbers. */
const smallTicks = [1e-12, 1e-9, 1e-6, 1e-3, 1];

/** Short enough for the margin at the axis's left. */
function inShort(value: number): string {
  return value < 1e-3 ? exponential(value, 0) : String(value);
}

/** A measurement of both trainings over the frames, with the frame that is shown marked. */
export function FilmLines({ name, above, below, steps, frame, range, level, small, withheld = false }: FilmLinesProps) {
  const plot = size.width - size.left - size.right;
  const x = (at: number) => size.left + (at / (steps.length - 1)) * plot;
  const scale = logScale([...range], [size.height - size.bottom, size.top]);
  const y = (value: number) => scale(Math.min(range[1], Math.max(range[0], value)));
  const line = linePath<{ at: number; value: number }>(
    ({ at }) => x(at),
    ({ value }) => y(value),
  );
  const path = (values: readonly number[]) =>
    line(values.flatMap((value, at) => (Number.isFinite(value) ? [{ at, value }] : []))) ?? "";
  const print = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? "–" : small ? exponential(value) : fixed(value);
  return (
    <figure className={styles.lines} data-withheld={withheld}>
      <LineChart
        size={size}
        look={pageLook}
        label={
          withheld
            ? `${name}: shown after your guess`
            : `${name}: learns ${print(above[frame])}, dies ${print(below[frame])}`
        }
        y={{
          ticks: small
            ? smallTicks.map((value) => ({ at: y(value), label: inShort(value) }))
            : ticksAt([0.001, 0.01, 0.1], y),
        }}
        x={{
          ticks: [0, 16, 32, 64, 512, 8192].flatMap((step) => {
            const at = steps.findIndex((one) => one >= step);
            const anchor = at > steps.length - 4 ? "end" : "middle";
            return at < 0 ? [] : ([{ at: x(at), label: integer(step), anchor }] as const);
          }),
        }}
        numbersBelow={16}
        lines={[
          { name: "learns", path: path(above), colour: "var(--positive)", width: 2 },
          { name: "dies", path: path(below), colour: "var(--negative)", width: 2 },
        ]}
        levels={[y(level.value)]}
        labels={[
          { text: level.name, x: size.width - size.right, y: y(level.value) + (small ? -4 : 18), anchor: "end" },
          ...(withheld ? [{ text: "shown after your guess", x: size.left + 12, y: size.top + 20 } as const] : []),
        ]}
        marker={x(frame)}
      />
      <figcaption>
        <b>{name}</b>{" "}
        <span data-part="values">
          {Number.isNaN(above[frame]) ? (
            "– (no step yet)"
          ) : (
            <>
              <span className="number">{print(above[frame])}</span> above,{" "}
              <span className="number">{print(below[frame])}</span> below
            </>
          )}
        </span>
      </figcaption>
    </figure>
  );
}
