import {
  type Badge,
  type CheckId,
  type Grade,
  type Result,
  rubric,
  type Total,
  total,
} from "@autoencoder/model/grading";
import { type Kept, overrideOf } from "./kept.ts";

/** A check's marks as they count: a person's override or tick, else what was found. */
export function counted(result: Result, kept: Kept): Total {
  const override = overrideOf(kept, result.check.id);
  if (override) return { least: override.marks, most: override.marks };
  if (result.check.badge !== "judged") return result;
  const ticked = kept.ticks[result.check.id];
  return ticked ? { least: result.check.marks, most: result.check.marks } : { least: 0, most: 0 };
}

/** Marks of some checks together, as they count. */
export function together(grade: Grade, kept: Kept, ids: readonly CheckId[]): Total {
  return total(ids.map((id) => counted(grade[id], kept)));
}

export const allIds: readonly CheckId[] = rubric.flatMap(({ checks }) => checks.map(({ id }) => id));

/** Marks by badge, overrides apart: what was computed stays what it was. */
export function badgeTotal(grade: Grade, kept: Kept, badge: Badge): Total & { of: number } {
  const own = allIds.map((id) => grade[id]).filter(({ check }) => check.badge === badge);
  const of = own.reduce((sum, { check }) => sum + check.marks, 0);
  return { ...total(own.map((result) => counted(result, kept))), of };
}

/** `7.5`, or `6.5 to 8` while some of it is open. */
export function printed({ least, most }: Total): string {
  return least === most ? String(least) : `${least} to ${most}`;
}
