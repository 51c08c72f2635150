"use client";
import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import type { View } from "../layers/view.ts";
import styles from "./bottom-sheet.module.css";

/** How far the sheet stands out of the lower edge on a phone: two lines, half of the screen, or all of it. */
type Stop = "peek" | "half" | "full";

export interface BottomSheetProps {
  level: View["level"];
  /** The two lines that are always seen. */
  head: ReactNode;
  /** Opens the value's arithmetic. */
  onOpen: () => void;
  /** Goes one level up. */
  onClose: () => void;
  children: ReactNode;
}

/**
 * The third column; on a phone a sheet at the lower edge with three stops, moved by its head: a tap opens it further,
 * a drag leaves it at the nearest stop.
 */
export function BottomSheet({ level, head, onOpen, onClose, children }: BottomSheetProps) {
  const [full, setFull] = useState(false);
  const stop: Stop = level !== "value" ? "peek" : full ? "full" : "half";
  const goTo = (next: Stop) => {
    setFull(next === "full");
    if (next === "peek" && level === "value") onClose();
    if (next !== "peek" && level !== "value") onOpen();
  };
  const { height, handlers } = useDrag({
    onTap: () => goTo(stop === "half" ? "full" : "half"),
    onDrop: (part) => goTo(part < 0.3 ? "peek" : part < 0.7 ? "half" : "full"),
  });
  return (
    <section
      className={styles.detail}
      aria-label="The chosen value and its layer"
      data-stop={stop}
      style={height === undefined ? undefined : { height, transition: "none" }}
    >
      <button type="button" className={styles.readout} {...handlers}>
        {head}
        <span className={styles.more}>{{ peek: "its terms", half: "more", full: "less" }[stop]}</span>
      </button>
      <div className={styles.detailBody}>{children}</div>
    </section>
  );
}

/** CSS pixels that a finger may wander in a tap. */
const slack = 8;

/**
 * Drags the upper edge of something that stands on the window's lower one.
 * @param onDrop told how much of the window is covered, 0 to 1
 */
function useDrag({ onTap, onDrop }: { onTap: () => void; onDrop: (part: number) => void }) {
  const [height, setHeight] = useState<number>();
  const from = useRef<number>(undefined);
  const dragged = useRef(false);
  const end = () => {
    from.current = undefined;
    setHeight(undefined);
  };
  return {
    /** CSS pixels, while it is dragged. */
    height,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        from.current = event.clientY;
        dragged.current = false;
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (from.current === undefined || Math.abs(event.clientY - from.current) < slack) return;
        dragged.current = true;
        setHeight(innerHeight - event.clientY);
      },
      onPointerUp() {
        end();
        if (height !== undefined) onDrop(height / innerHeight);
      },
      onPointerCancel: end,
      onClick() {
        // A drag with the mouse ends as a click, one with a finger does not.
        if (!dragged.current) onTap();
        dragged.current = false;
      },
    },
  };
}
