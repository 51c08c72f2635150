"use client";
import { type PadPoint, PixelPicture, type Pixels8, padPixels, type Stroke } from "@autoencoder/ui";
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useState } from "react";
import styles from "./drawing.module.css";
import { strokePath } from "./drawing.ts";

export interface DrawingPadProps {
  strokes: readonly Stroke[];
  /** The digit that lies on the pad, faintly once something is drawn over it; undefined for an empty pad. */
  backdrop: Pixels8 | undefined;
  penWidth: number;
  onBegin: (point: PadPoint) => void;
  onMove: (points: readonly PadPoint[]) => void;
  onEnd: () => void;
  onUndo: () => void;
}

const middle: PadPoint = { x: padPixels / 2, y: padPixels / 2 };
const moves: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A square to draw on with finger, pen, mouse or keys. Only here does a finger not scroll the page. */
export function DrawingPad({ strokes, backdrop, penWidth, onBegin, onMove, onEnd, onUndo }: DrawingPadProps) {
  const help = useId();
  const pen = useKeyboardPen({ onBegin, onMove, onEnd, onUndo });
  const pointer = usePointer({
    onBegin: (point) => {
      pen.hide();
      onBegin(point);
    },
    onMove,
    onEnd,
  });

  return (
    <div
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a pad that is drawn on with keys must take the focus
      tabIndex={0}
      aria-label="Drawing pad"
      aria-describedby={help}
      className={styles.pad}
      data-empty={strokes.length === 0 && !backdrop}
      {...pointer}
      onContextMenu={(event) => event.preventDefault()} // a long press draws a dot
      onKeyDown={pen.press}
      onBlur={pen.hide}
    >
      {backdrop && (
        <PixelPicture
          pixels={backdrop}
          label=""
          className={strokes.length === 0 ? styles.fill : `${styles.fill} ${styles.ghost}`}
        />
      )}
      <svg viewBox={`0 0 ${padPixels} ${padPixels}`} className={styles.fill} aria-hidden="true" focusable="false">
        {strokes.map((stroke, index) => (
          <Ink key={index} stroke={stroke} />
        ))}
        {pen.at && (
          <g className={pen.down ? styles.penDown : styles.penUp}>
            <circle cx={pen.at.x} cy={pen.at.y} r={penWidth / 2} />
            <path d={`M${pen.at.x - 2.5} ${pen.at.y}h5M${pen.at.x} ${pen.at.y - 2.5}v5`} />
          </g>
        )}
      </svg>
      {strokes.length === 0 && (
        <span className={backdrop ? styles.padHint : styles.padEmpty} aria-hidden="true">
          {backdrop ? "draw here" : "draw a digit"}
        </span>
      )}
      <span id={help} className="visually-hidden">
        Draw with a finger, a pen or a mouse. With keys: arrows move the pen, space puts it down and lifts it, Escape
        lifts it, Control Z takes the last stroke away.
      </span>
    </div>
  );
}

/** One stroke; a finished one is not drawn again. */
function Ink({ stroke }: { stroke: Stroke }) {
  const path = useMemo(() => strokePath(stroke), [stroke]);
  return <path d={path} className={styles.ink} strokeWidth={stroke.width} />;
}

/** Handlers for a finger, a pen or a mouse: one at a time. */
function usePointer({ onBegin, onMove, onEnd }: Pick<DrawingPadProps, "onBegin" | "onMove" | "onEnd">) {
  const [pointer, setPointer] = useState<number>();
  const up = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerId !== pointer) return;
    setPointer(undefined);
    onEnd();
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (pointer !== undefined || event.button !== 0) return; // further fingers are those of a hand that rests
      event.currentTarget.setPointerCapture(event.pointerId);
      setPointer(event.pointerId);
      onBegin(pointOf(event, event.currentTarget));
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (event.pointerId !== pointer) return;
      const passed = event.nativeEvent.getCoalescedEvents?.() ?? [];
      const pad = event.currentTarget;
      onMove((passed.length > 0 ? passed : [event]).map((at) => pointOf(at, pad)));
    },
    onPointerUp: up,
    onPointerCancel: up,
  };
}

/** The pen that arrow keys move; hidden until the first of them. */
function useKeyboardPen({
  onBegin,
  onMove,
  onEnd,
  onUndo,
}: Pick<DrawingPadProps, "onBegin" | "onMove" | "onEnd" | "onUndo">) {
  const [at, setAt] = useState<PadPoint>();
  const [down, setDown] = useState(false);
  const lift = () => {
    if (down) onEnd();
    setDown(false);
  };
  const hide = () => {
    lift();
    setAt(undefined);
  };
  const toggle = () => {
    if (down) return lift();
    const start = at ?? middle;
    setAt(start);
    setDown(true);
    onBegin(start);
  };
  const step = (key: string, far: boolean) => {
    const [dx, dy] = moves[key] as readonly [number, number];
    const from = at ?? middle;
    const onPad = (value: number) => Math.max(1, Math.min(padPixels - 1, value));
    const stride = far ? 3 : 1;
    const to = at ? { x: onPad(from.x + dx * stride), y: onPad(from.y + dy * stride) } : from;
    setAt(to);
    if (down) onMove([to]);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key in moves) step(event.key, event.shiftKey);
    else if (event.key === " ") toggle();
    else if (event.key === "Escape") lift();
    else if (event.key === "z" && (event.ctrlKey || event.metaKey)) onUndo();
    else return;
    event.preventDefault();
  };
  return { at, down, press, hide };
}

function pointOf({ clientX, clientY }: { clientX: number; clientY: number }, pad: Element): PadPoint {
  const { left, top, width, height } = pad.getBoundingClientRect();
  return { x: ((clientX - left) / width) * padPixels, y: ((clientY - top) / height) * padPixels };
}
