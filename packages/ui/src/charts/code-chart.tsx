"use client";
import { type KeyboardEvent, type PointerEvent, useMemo } from "react";
import { signed } from "../format.ts";
import { codeBarAt, codeBarsPath } from "./code-bars.ts";

export interface CodeChartProps {
  /** [latent]; undefined while there is none. */
  latent: Float32Array | undefined;
  /** How many values a code has, for when there is none. */
  count: number;
  /** The value that is pointed at, from 0. */
  selected: number | undefined;
  onSelect: (index: number | undefined) => void;
  className?: string | undefined;
}

const height = 96;
const pitch = 10;

/** A code as bars about a zero line, sign by direction; pointing, tapping and arrow keys choose a value. */
export function CodeChart({ latent, count, selected, onSelect, className }: CodeChartProps) {
  const width = count * pitch;
  const path = useMemo(() => (latent ? codeBarsPath(latent, { width, height, gap: 2.5 }) : ""), [latent, width]);
  const choose = (event: PointerEvent<HTMLElement>) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    onSelect(codeBarAt(event.clientX - left, wide, count));
  };
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: 8,
      PageDown: -8,
    };
    const step = steps[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? count - 1 : step && (selected ?? -1) + step;
    if (to === undefined) return;
    event.preventDefault();
    onSelect(Math.max(0, Math.min(count - 1, to)));
  };
  const index = selected ?? 0;
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`The ${count} numbers of the code`}
      aria-valuemin={0}
      aria-valuemax={count - 1}
      aria-valuenow={index}
      aria-valuetext={latent ? `value ${index}: ${signed(latent[index] as number)}` : "no digit, no code"}
      className={className}
      onPointerDown={choose}
      onPointerMove={choose}
      onPointerLeave={(event) => event.pointerType === "mouse" && onSelect(undefined)}
      onFocus={(event) => event.target.matches(":focus-visible") && onSelect(index)}
      onKeyDown={press}
    >
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {selected !== undefined && <rect data-part="selected" x={selected * pitch} width={pitch} height={height} />}
        <path data-part="bars" d={path} />
        <path data-part="zero" d={`M0 ${height / 2}H${width}`} vectorEffect="non-scaling-stroke" />
      </svg>
    </div>
  );
}
