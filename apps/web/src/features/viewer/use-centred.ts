import { type RefObject, useEffect } from "react";

/**
 * Brings the chosen part of a row that scrolls sideways to its middle.
 * @param marked selects the chosen part
 * @param current what is chosen: another one is brought to the middle
 */
export function useCentred(row: RefObject<HTMLElement | null>, marked: string, current: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice, another middle
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>(marked);
    if (!chosen || !row.current) return;
    row.current.scrollLeft = chosen.offsetLeft - (row.current.clientWidth - chosen.offsetWidth) / 2;
  }, [row, marked, current]);
}
