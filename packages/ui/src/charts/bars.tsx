/** @jsxRuntime automatic */
import { codeBars } from "./code-bars.ts";

export interface BarsProps {
  values: ArrayLike<number>;
  /** The value whose bar fills half the height, in either direction. */
  range: number;
  width: number;
  height: number;
  /** Space between bars. */
  gap: number;
  /** Of the bars and of the zero line, as CSS. */
  colour: string;
  rule: string;
  /** What they show, for those who do not see them. */
  label: string;
}

/** Values side by side as bars about a zero line: up where they are positive. What is all but 0 keeps a hairline. */
export function Bars({ values, range, width, height, gap, colour, rule, label }: BarsProps) {
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line x1={0} x2={width} y1={height / 2} y2={height / 2} stroke={rule} />
      {codeBars(values, { width, height, gap, range }).map((bar) => (
        <rect
          key={bar.x}
          x={bar.x + gap / 2}
          y={bar.y}
          width={bar.width}
          height={Math.max(0.5, bar.height)}
          fill={colour}
        />
      ))}
    </svg>
  );
}
