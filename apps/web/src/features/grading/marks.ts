import {
  type Badge,
  type CheckId,
  type Grade,
  type Result,
  rubric,
  type Total,
  total,
} from "@autoencoder/model/grading";
import { type Checklist, overrideOf } from "./checklist.ts";

/** A check's marks as they count: a person's override or tick, else what was found. */
export function marksOf(result: Result, checklist: Checklist): Total {
  const override = overrideOf(checklist, result.check.id);
  if (override) return { least: override.marks, most: override.marks };
  if (result.check.badge !== "judged") return result;
  const ticked = checklist.ticks[result.check.id];
  return ticked ? { least: result.check.marks, most: result.check.marks } : { least: 0, most: 0 };
}

/** The sum of some checks' marks, as they count. */
export function sumOfMarks(grade: Grade, checklist: Checklist, ids: readonly CheckId[]): Total {
  return total(ids.map((id) => marksOf(grade[id], checklist)));
}

export const checkIds: readonly CheckId[] = rubric.flatMap(({ checks }) => checks.map(({ id }) => id));

/** Marks by badge, overrides apart: what was computed stays what it was. */
export function badgeTotal(grade: Grade, checklist: Checklist, badge: Badge): Total & { of: number } {
  const own = checkIds.map((id) => grade[id]).filter(({ check }) => check.badge === badge);
  const of = own.reduce((sum, { check }) => sum + check.marks, 0);
  return { ...total(own.map((result) => marksOf(result, checklist))), of };
}

/** `7.5`, or `6.5 to 8` while some of it is open. */
export function printed({ least, most }: Total): string {
  return least === most ? String(least) : `${least} to ${most}`;
}
