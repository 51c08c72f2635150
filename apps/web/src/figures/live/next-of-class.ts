import type { LiveData } from "./live-data.ts";

/** The next recorded sample of a class, after the current one where it is of that class. */
export function nextOfClass(digits: LiveData["digits"], label: number, current: number | undefined): number {
  const ofClass = digits.flatMap((digit, sample) => (digit.label === label ? [sample] : []));
  const at = current === undefined ? -1 : ofClass.indexOf(current);
  return ofClass[(at + 1) % ofClass.length] ?? 0;
}
