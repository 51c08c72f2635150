"use client";
import type { Cells } from "@autoencoder/model";
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from "react";
import styles from "./map-picture.module.css";
import { PixelPicture } from "./pixel-picture.tsx";
import { cropPixels } from "./pixels.ts";
import type { Pixels8 } from "./png.ts";

export interface MapPictureProps {
  pixels: Pixels8;
  /** What it is, for those who do not see it; the chosen place and its value are told with it. */
  label: string;
  value: string;
  row: number;
  column: number;
  /** Cells to mark, in order to show what something else reads. */
  marked?: Cells | undefined;
  onMove: (row: number, column: number) => void;
  onOpen?: () => void;
  /** The place that a mouse is over without a button, until it leaves. */
  onHover?: (place: { row: number; column: number } | undefined) => void;
  /** Whether a finger that moves up or down scrolls the page, so that only taps choose: for maps within text. */
  pans?: boolean;
  className?: string | undefined;
}

const moves: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A feature map, enlarged, with one value chosen: by tap, by drag under a loupe, or by arrow keys. */
export function MapPicture(props: MapPictureProps) {
  const { pixels, label, value, row, column, marked, onMove, onOpen, onHover, pans = false, className } = props;
  const { width, height } = pixels;
  const [touched, setTouched] = useState(false);
  const withinMap = (at: number, size: number) => Math.max(0, Math.min(size - 1, at));
  const point = (event: PointerEvent<HTMLElement>) => {
    const hovers = event.type === "pointermove" && event.buttons === 0;
    if (hovers && !onHover) return;
    const box = event.currentTarget.getBoundingClientRect();
    // A finger hides what it points at: the place is taken 40 pixels above it while it moves.
    const lift = event.pointerType === "touch" && event.type === "pointermove" ? 40 : 0;
    setTouched(event.pointerType === "touch" && !hovers);
    const y = ((event.clientY - lift - box.top) / box.height) * height;
    const x = ((event.clientX - box.left) / box.width) * width;
    const place = { row: withinMap(Math.floor(y), height), column: withinMap(Math.floor(x), width) };
    if (hovers) onHover?.(place);
    else onMove(place.row, place.column);
  };
  const press = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move) onMove(withinMap(row + move[0], height), withinMap(column + move[1], width));
    else if (event.key === "Home") onMove(row, 0);
    else if (event.key === "End") onMove(row, width - 1);
    else if (event.key === "Enter" && onOpen) onOpen();
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${label}. Arrow keys choose a value.`}
      aria-valuemin={0}
      aria-valuemax={width * height - 1}
      aria-valuenow={row * width + column}
      aria-valuetext={`row ${row}, column ${column}: ${value}`}
      className={className ? `${styles.map} ${className}` : styles.map}
      data-testid="map"
      data-pans={pans}
      onPointerLeave={() => onHover?.(undefined)}
      onPointerDown={point}
      onPointerMove={point}
      onPointerUp={() => setTouched(false)}
      onPointerCancel={() => setTouched(false)}
      onKeyDown={press}
    >
      <PixelPicture pixels={pixels} label="" />
      {marked && marked.rows.length > 0 && <span data-part="marked" style={cellsOf(pixels, marked)} />}
      <span data-part="chosen" style={cellsOf(pixels, { rows: [row], columns: [column] })} />
      {touched && (
        <span
          data-part="loupe"
          aria-hidden="true"
          style={{
            left: `clamp(52px, ${((column + 0.5) / width) * 100}%, 100% - 52px)`,
            bottom: `calc(${(1 - row / height) * 100}% + 14px)`,
          }}
        >
          <PixelPicture pixels={cropPixels(pixels, row, column, 2)} label="" />
          <b className="number">{value}</b>
        </span>
      )}
    </div>
  );
}

export interface MarkedPictureProps {
  pixels: Pixels8;
  /** What it is, for those who do not see it. */
  label: string;
  marked: Cells;
  className?: string | undefined;
}

/** A picture with some of its cells framed, to look at only. */
export function MarkedPicture({ pixels, label, marked, className }: MarkedPictureProps) {
  return (
    <div className={className ? `${styles.map} ${className}` : styles.map} data-still="true">
      <PixelPicture pixels={pixels} label={label} />
      <span data-part="marked" style={cellsOf(pixels, marked)} />
    </div>
  );
}

/** Where cells lie on their picture, in parts of its sides. */
function cellsOf({ width, height }: Pixels8, { rows, columns }: Cells): CSSProperties {
  const percent = (at: number, size: number) => `${(at / size) * 100}%`;
  return {
    left: percent(columns[0] ?? 0, width),
    top: percent(rows[0] ?? 0, height),
    width: percent(columns.length, width),
    height: percent(rows.length, height),
  };
}
