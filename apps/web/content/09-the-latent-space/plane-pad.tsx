import type { KeyboardEventHandler, PointerEvent, ReactNode } from "react";
import styles from "./plane-pad.module.css";

export interface PlanePadProps {
  /** What is drawn, filling the square. */
  children: ReactNode;
  /** Of the marker, from 0 to 1 along both sides; none is drawn without it. */
  marker: readonly [x: number, y: number] | undefined;
  /** A place was pointed at, from 0 to 1 along both sides. */
  onPoint: (x: number, y: number) => void;
  /** A place was clicked or tapped, or the marker was let go there; without it, it was pointed at and no more. */
  onPick?: (x: number, y: number) => void;
  /** The pointer or the focus has left. */
  onLeave?: () => void;
  label: string;
  /** What stands at the marker. */
  valueText: string;
  value: number;
  most: number;
  onKeyDown: KeyboardEventHandler;
}

/**
 * A square to point at: a mouse points by moving, a finger by a tap or by dragging the marker. A finger that is drawn over
 * the square itself scrolls the page.
 */
export function PlanePad(props: PlanePadProps) {
  const { children, marker, onPoint, onPick = onPoint, onLeave, label, valueText, value, most, onKeyDown } = props;
  const told = (tell: PlanePadProps["onPoint"], event: PointerEvent<HTMLElement>) => {
    const area = event.currentTarget.closest("[data-part='plane']") as HTMLElement;
    const box = area.getBoundingClientRect();
    const part = (at: number) => Math.min(1, Math.max(0, at));
    tell(part((event.clientX - box.left) / box.width), part((event.clientY - box.top) / box.height));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={most}
      aria-valuenow={value}
      aria-valuetext={valueText}
      className={styles.area}
      data-part="plane"
      onPointerMove={(event) => event.pointerType !== "touch" && told(onPoint, event)}
      onPointerLeave={onLeave}
      onBlur={onLeave}
      onClick={(event) => told(onPick, event as unknown as PointerEvent<HTMLElement>)}
      onKeyDown={onKeyDown}
    >
      {children}
      {marker && (
        <span
          className={styles.marker}
          style={{ left: `${marker[0] * 100}%`, top: `${marker[1] * 100}%` }}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={(event) => event.pointerType === "touch" && told(onPoint, event)}
          onPointerUp={(event) => event.pointerType === "touch" && told(onPick, event)}
        />
      )}
    </div>
  );
}
