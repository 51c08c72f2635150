/** @jsxRuntime automatic */
// The pragma is for the trainer, whose `tsx` reads no tsconfig of this package.
import type { ReactNode, SVGProps } from "react";

/** A drawing's size and the margins around its plot, in its own units; the page scales it to the width that it has. */
export interface ChartSize {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Colours and type of what surrounds the data. Values are CSS, so that a page may pass its own properties: `var(--rule)`. */
export interface ChartLook {
  /** Numbers and names of the axes. */
  text: string;
  grid: string;
  /** The line at a marked place, and the line below the plot. */
  ink: string;
  fontFamily: string;
  /** What lies beneath the drawing: labels keep the lines that they stand on away from their letters with it. */
  ground?: string;
  /** In the drawing's units. */
  fontSize: number;
}

/** A labelled place on an axis. */
export interface Tick {
  /** In the drawing's units. */
  at: number;
  label: string;
  anchor?: "start" | "middle" | "end";
}

export interface Axis {
  ticks: readonly Tick[];
  /** What it measures; left out where a caption says it. */
  name?: string | undefined;
}

/** One line of the data. */
export interface ChartLine {
  /** What it shows, in the drawing's source for tests and graders: `train`. */
  name: string;
  /** SVG path data. */
  path: string;
  colour: string;
  width: number;
  dashes?: string;
}

/** A point of a line that is read, or a measured one. */
export interface ChartDot {
  x: number;
  y: number;
  radius: number;
  colour: string;
}

export interface ChartLabel {
  text: string;
  x: number;
  y: number;
  colour?: string;
  weight?: number | "bold";
  anchor?: "start" | "middle" | "end";
}

export interface LineChartProps {
  size: ChartSize;
  look: ChartLook;
  x: Axis;
  y: Axis;
  lines: readonly ChartLine[];
  dots?: readonly ChartDot[];
  labels?: readonly ChartLabel[];
  /** Heights of dotted lines for comparison. */
  levels?: readonly number[];
  /** A horizontal place to mark with a line over the whole height. */
  marker?: number | undefined;
  /** How far below the plot the numbers of the horizontal axis stand. */
  numbersBelow?: number;
  /** What it shows, for those who do not see it; left out where the page tells it beside. */
  label?: string;
  /** Further attributes of the `svg` element. */
  svg?: SVGProps<SVGSVGElement>;
  /** Drawn beneath everything: a ground, a title. */
  children?: ReactNode;
}

/** Lines over two axes: horizontal grid lines with numbers at their left, numbers below, names along the edges. */
export function LineChart({
  size,
  look,
  x,
  y,
  lines,
  dots = [],
  labels = [],
  levels = [],
  marker,
  numbersBelow = 20,
  label,
  svg,
  children,
}: LineChartProps) {
  const { width, height, left, top } = size;
  const [right, bottom] = [width - size.right, height - size.bottom];
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role={label && "img"}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      fontFamily={look.fontFamily}
      fontSize={look.fontSize}
      {...svg}
    >
      {children}
      {y.ticks.map(({ at, label }) => (
        <g key={label}>
          <line x1={left} x2={right} y1={round(at)} y2={round(at)} stroke={look.grid} />
          <text x={left - 8} y={round(at + 4)} textAnchor="end" fill={look.text}>
            {label}
          </text>
        </g>
      ))}
      {x.ticks.map(({ at, label, anchor = "middle" }) => (
        <text key={label} x={round(at)} y={bottom + numbersBelow} textAnchor={anchor} fill={look.text}>
          {label}
        </text>
      ))}
      <AxisNames size={size} x={x.name} y={y.name} colour={look.text} />
      {levels.map((at) => (
        <line key={at} x1={left} x2={right} y1={at} y2={at} stroke={look.text} strokeDasharray="2 4" />
      ))}
      {marker !== undefined && <line x1={marker} x2={marker} y1={top} y2={bottom} stroke={look.ink} />}
      {lines.map(({ name, path, colour, width: strokeWidth, dashes }) => (
        <path
          key={name}
          d={path}
          fill="none"
          stroke={colour}
          strokeWidth={strokeWidth}
          strokeDasharray={dashes}
          data-line={name}
        />
      ))}
      {dots.map(({ x: cx, y: cy, radius, colour }, at) => (
        <circle key={at} cx={round(cx)} cy={round(cy)} r={radius} fill={colour} />
      ))}
      {labels.map(({ text, x: at, y: line, colour = look.text, weight, anchor }) => (
        <text
          key={text}
          x={round(at)}
          y={round(line)}
          textAnchor={anchor}
          fontWeight={weight}
          fill={colour}
          {...(look.ground && { stroke: look.ground, strokeWidth: 4, paintOrder: "stroke" })}
        >
          {text}
        </text>
      ))}
    </svg>
  );
}

interface AxisNamesProps {
  size: ChartSize;
  x: string | undefined;
  y: string | undefined;
  colour: string;
}

function AxisNames({ size, x, y, colour }: AxisNamesProps) {
  const { width, height, left, right, top, bottom } = size;
  const middle = (top + height - bottom) / 2;
  return (
    <>
      {x && (
        <text x={(left + width - right) / 2} y={height - 6} textAnchor="middle" fill={colour}>
          {x}
        </text>
      )}
      {y && (
        <text x={13} y={middle} textAnchor="middle" transform={`rotate(-90 13 ${middle})`} fill={colour}>
          {y}
        </text>
      )}
    </>
  );
}

/** To a hundredth: server and browser take logarithms that differ in the last bit. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
