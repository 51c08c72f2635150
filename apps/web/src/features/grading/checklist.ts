"use client";
import { type Check, type CheckId, rubric } from "@autoencoder/model/grading";
import { useCallback, useMemo } from "react";
import * as v from "valibot";
import { localTexts, storedValue, useStored } from "../../shared/storage.ts";

const checks = rubric.flatMap((row) => row.checks);

/** Entries by check; one that was altered, or belongs to no check, does not cost the others. */
function byCheck<Value>(entry: (check: Check) => v.GenericSchema<unknown, Value>) {
  return v.pipe(
    v.record(v.string(), v.unknown()),
    v.transform((found): Record<string, Value> => {
      const entries = checks.flatMap((check): [string, Value][] => {
        const parsed = v.safeParse(entry(check), found[check.id]);
        return parsed.success ? [[check.id, parsed.output]] : [];
      });
      return Object.fromEntries(entries);
    }),
  );
}

/** A number from 0 to `most` in steps. */
const upTo = (most: number, step: number) => v.pipe(v.number(), v.minValue(0), v.maxValue(most), v.multipleOf(step));

/** What people add to a run's checklist; it stays in this browser, run by run. */
const schema = v.object({
  /** Half marks that the student expects, by check. */
  estimate: byCheck(({ marks }) => upTo(marks * 2, 1)),
  /** What a person has ticked of the last row. */
  ticks: byCheck(() => v.boolean()),
  overrides: byCheck(({ marks }) => v.object({ marks: upTo(marks, 0.5), reason: v.string() })),
});

export type Checklist = v.InferOutput<typeof schema>;
export type Override = Checklist["overrides"][string];

const empty: Checklist = { estimate: {}, ticks: {}, overrides: {} };

/** Where a run's checklist is kept. */
export function storedChecklist(run: string) {
  return storedValue(localTexts, { name: `grading:${run}`, version: 1, schema, empty });
}

/** A run's checklist as it was left, and how to change it. Empty on the server and until the page is live. */
export function useChecklist(run: string) {
  const stored = useMemo(() => storedChecklist(run), [run]);
  const checklist = useStored(stored);
  const change = useCallback(
    (update: (before: Checklist) => Checklist) => stored.write(update(stored.read())),
    [stored],
  );
  return { checklist, change };
}

/** The student's estimate of the checks that are computed, in marks; undefined where nothing was ticked. */
export function estimatedMarks({ estimate }: Checklist): number | undefined {
  const computed = checks.filter(({ badge }) => badge !== "judged");
  const ticked = computed.filter(({ id }) => id in estimate);
  return ticked.length === 0 ? undefined : ticked.reduce((sum, { id }) => sum + (estimate[id] ?? 0) / 2, 0);
}

/** An override counts once it has a reason. */
export function overrideOf({ overrides }: Checklist, id: CheckId): Override | undefined {
  const found = overrides[id];
  return found && found.reason.trim() !== "" ? found : undefined;
}
