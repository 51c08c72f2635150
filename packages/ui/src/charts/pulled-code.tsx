"use client";
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import { signed } from "../format.ts";
import { codeBarAt, codeBarsPath } from "./code-bars.ts";

export interface PulledCodeProps {
  /** [count] as the encoder made it; undefined while there is no digit. */
  latent: Float32Array | undefined;
  /** [count] as it is pulled now. */
  pulled: Float32Array | undefined;
  /** How many values a code has, for when there is none. */
  count: number;
  /** The values at the bottom and at the top of every column. */
  ends: readonly [low: number, high: number];
  /** The value that is chosen, from 0. */
  selected: number;
  /** The value that is worth pulling most, from 0; undefined while that is not known. */
  marked: number | undefined;
  onSelect: (index: number) => void;
  onPull: (index: number, value: number) => void;
  className?: string | undefined;
}

const height = 160;
const pitch = 10;
const gap = 2.5;
/** Parts of the whole scale that an arrow key pulls by, alone and with Shift. */
const keySteps = { fine: 1 / 100, coarse: 1 / 20 } as const;

/**
 * A code as bars that can be pulled: with mouse or pen in the whole height of a bar's column, with the keys up and down.
 * A finger chooses a bar and leaves its way up and down to the page's scrolling; a slider beside moves the chosen one.
 */
export function PulledCode(props: PulledCodeProps) {
  const { latent, pulled, count, ends, selected, marked, onSelect, onPull, className } = props;
  const [low, high] = ends;
  const width = count * pitch;
  const bars = useMemo(() => (pulled ? codeBarsPath(pulled, { width, height, gap, ends }) : ""), [pulled, width, ends]);
  const before = useMemo(
    () => (latent && pulled && latent !== pulled ? codeBarsPath(latent, { width, height, gap, ends }) : ""),
    [latent, pulled, width, ends],
  );
  const [pointed, setPointed] = useState<number>();
  const pointer = useRef<{ id: number; index: number }>(undefined);
  const at = (event: PointerEvent<HTMLElement>) => {
    const { left, top, width: wide, height: tall } = event.currentTarget.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientY - top) / tall));
    return { index: codeBarAt(event.clientX - left, wide, count), value: high - part * (high - low) };
  };
  const press = (event: KeyboardEvent) => {
    const across: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageUp: 8, PageDown: -8 };
    const up: Record<string, number> = { ArrowUp: 1, ArrowDown: -1 };
    const { key, shiftKey } = event;
    if (up[key] !== undefined) {
      const step = (high - low) * (shiftKey ? keySteps.coarse : keySteps.fine) * up[key];
      if (pulled) onPull(selected, Math.min(high, Math.max(low, (pulled[selected] as number) + step)));
    } else {
      const to = key === "Home" ? 0 : key === "End" ? count - 1 : across[key] && selected + across[key];
      if (to === undefined) return;
      onSelect(Math.max(0, Math.min(count - 1, to)));
    }
    event.preventDefault();
  };
  const zero = (high / (high - low)) * height;
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`The ${count} numbers of the code: left and right choose one, up and down pull it`}
      aria-orientation="vertical"
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={pulled?.[selected] ?? 0}
      aria-valuetext={pulled ? `value ${selected}: ${signed(pulled[selected] as number)}` : "no digit, no code"}
      className={className}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const { index, value } = at(event);
        onSelect(index);
        if (event.pointerType === "touch") return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pointer.current = { id: event.pointerId, index };
        onPull(index, value);
      }}
      onPointerMove={(event) => {
        const { index, value } = at(event);
        if (pointer.current?.id === event.pointerId) onPull(pointer.current.index, value);
        else if (event.pointerType === "touch") onSelect(index);
        else setPointed(index);
      }}
      onPointerUp={() => {
        pointer.current = undefined;
      }}
      onPointerCancel={() => {
        pointer.current = undefined;
      }}
      onPointerLeave={() => setPointed(undefined)}
      onKeyDown={press}
    >
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect data-part="selected" x={selected * pitch - gap / 2} width={pitch} height={height} />
        {marked !== undefined && marked !== selected && (
          <rect data-part="marked" x={marked * pitch - gap / 2} width={pitch} height={height} />
        )}
        {pointed !== undefined && (
          <rect data-part="pointed" x={pointed * pitch - gap / 2} width={pitch} height={height} />
        )}
        <path data-part="before" d={before} />
        <path data-part="bars" d={bars} />
        <path data-part="zero" d={`M0 ${zero}H${width}`} vectorEffect="non-scaling-stroke" />
      </svg>
      {pulled && pointed !== undefined && (
        <output data-part="pointed-value" aria-hidden="true">
          value {pointed}: {signed(pulled[pointed] as number, 2)}
        </output>
      )}
    </div>
  );
}
