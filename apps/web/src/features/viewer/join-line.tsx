"use client";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";
import styles from "./viewer.module.css";

export interface JoinLineProps {
  /** What the value and its patch are in; the line is laid over it. */
  area: RefObject<HTMLElement | null>;
  /** Names the chosen value: with another one the ends may have moved. */
  chosen: string;
}

/** A thin line from the chosen value of the map to the patch that it is made of, where the two stand side by side. */
export function JoinLine({ area, chosen }: JoinLineProps) {
  const [path, setPath] = useState("");
  const measure = useCallback(() => {
    const value = area.current?.querySelector("[role='slider'] > [data-part='chosen']")?.getBoundingClientRect();
    const patch = area.current?.querySelector("[data-part='patch']")?.getBoundingClientRect();
    const origin = area.current?.getBoundingClientRect();
    if (!value || !patch || !origin || patch.left <= value.right) return setPath("");
    const [x0, y0] = [value.right - origin.left + 4, (value.top + value.bottom) / 2 - origin.top];
    const [x1, y1] = [patch.left - origin.left - 4, (patch.top + patch.bottom) / 2 - origin.top];
    // Straight to the gap between the columns, down it, and straight to the patch: it crosses no number.
    setPath(`M${x0.toFixed(1)} ${y0.toFixed(1)}H${(x1 - 8).toFixed(1)}V${y1.toFixed(1)}H${x1.toFixed(1)}`);
  }, [area]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another value, another line; not with every digit that is drawn
  useLayoutEffect(measure, [measure, chosen]);
  useEffect(() => {
    if (!area.current) return;
    const observer = new ResizeObserver(measure);
    for (const column of area.current.children) observer.observe(column);
    return () => observer.disconnect();
  }, [area, measure]);
  return (
    <svg className={styles.join} aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
