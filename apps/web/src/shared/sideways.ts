import { type RefObject, type TouchEvent, useEffect, useRef } from "react";

/** Rows that go on sideways: swipes from one to the next, and the chosen part brought to the middle. */

/** Handlers of an element that a finger swipes sideways. @param onSwipe 1 towards the next, −1 towards the one before */
export function useSwipe(onSwipe: (step: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number }>(undefined);
  return {
    onTouchStart({ touches }: TouchEvent) {
      const touch = touches[0];
      start.current = touches.length === 1 && touch ? { x: touch.clientX, y: touch.clientY } : undefined;
    },
    onTouchEnd({ changedTouches }: TouchEvent) {
      const touch = changedTouches[0];
      if (!start.current || !touch) return;
      const [x, y] = [touch.clientX - start.current.x, touch.clientY - start.current.y];
      if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) onSwipe(x < 0 ? 1 : -1);
    },
  };
}

/**
 * Brings the chosen part of a row that scrolls sideways to its middle.
 * @param marked selects the chosen part
 * @param current what is chosen: another one is brought to the middle
 * @param stays whether a part that is in view already stays where it is, as under the pointer that chose it
 */
export function useCentred(
  row: RefObject<HTMLElement | null>,
  marked: string,
  current: unknown,
  { stays = false }: { stays?: boolean } = {},
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice, another middle
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>(marked);
    if (!chosen || !row.current) return;
    const [within, part] = [row.current.getBoundingClientRect(), chosen.getBoundingClientRect()];
    if (stays && part.left >= within.left && part.right <= within.right) return;
    // Of the row alone: scrollIntoView would move the page too.
    row.current.scrollLeft += (part.left + part.right - within.left - within.right) / 2;
  }, [row, marked, current, stays]);
}
