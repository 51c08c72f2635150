"use client";
import { type CheckId, rubric } from "@autoencoder/model/grading";
import { useCallback, useMemo } from "react";
import * as v from "valibot";
import { localTexts, storedValue, useStored } from "../../shared/storage.ts";

/** What people add to a run's checklist; it stays in this browser, run by run. */
const schema = v.object({
  /** Half marks that the student expects, by check. */
  estimate: v.record(v.string(), v.number()),
  /** What a person has ticked of the last row. */
  ticks: v.record(v.string(), v.boolean()),
  overrides: v.record(v.string(), v.object({ marks: v.number(), reason: v.string() })),
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
  const computed = rubric.flatMap(({ checks }) => checks).filter(({ badge }) => badge !== "judged");
  const ticked = computed.filter(({ id }) => id in estimate);
  return ticked.length === 0 ? undefined : ticked.reduce((sum, { id }) => sum + (estimate[id] ?? 0) / 2, 0);
}

/** An override counts once it has a reason. */
export function overrideOf({ overrides }: Checklist, id: CheckId): Override | undefined {
  const found = overrides[id];
  return found && found.reason.trim() !== "" ? found : undefined;
}
