"use client";
import { type CheckId, rubric } from "@autoencoder/model/grading";
import { useCallback, useEffect, useState } from "react";
import * as z from "zod/mini";

/** What people add to a run's checklist; it stays in this browser, run by run. */
const schema = z.object({
  /** Half marks that the student expects, by check. */
  estimate: z.record(z.string(), z.number()),
  /** What a person has ticked of the last row. */
  ticks: z.record(z.string(), z.boolean()),
  overrides: z.record(z.string(), z.object({ marks: z.number(), reason: z.string() })),
});

export type Kept = z.infer<typeof schema>;
export type Override = Kept["overrides"][string];

const nothing: Kept = { estimate: {}, ticks: {}, overrides: {} };

/** A run's checklist as it was left, and how to change it. Empty on the server and until the page is live. */
export function useKept(run: string) {
  const key = `grading:${run}`;
  const [kept, setKept] = useState(nothing);
  useEffect(() => setKept(read(key)), [key]);
  const change = useCallback(
    (update: (before: Kept) => Kept) => {
      setKept((before) => {
        const next = update(before);
        try {
          localStorage.setItem(key, JSON.stringify(next));
        } catch {
          // storage is off or full: what is entered lasts as long as the page
        }
        return next;
      });
    },
    [key],
  );
  return { kept, change };
}

function read(key: string): Kept {
  try {
    const parsed = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? "null"));
    return parsed.success ? parsed.data : nothing;
  } catch {
    return nothing;
  }
}

/** The student's estimate of the checks that are computed, in marks; undefined where nothing was ticked. */
export function estimatedMarks({ estimate }: Kept): number | undefined {
  const computed = rubric.flatMap(({ checks }) => checks).filter(({ badge }) => badge !== "judged");
  const ticked = computed.filter(({ id }) => id in estimate);
  return ticked.length === 0 ? undefined : ticked.reduce((sum, { id }) => sum + (estimate[id] ?? 0) / 2, 0);
}

/** An override counts once it has a reason. */
export function overrideOf({ overrides }: Kept, id: CheckId): Override | undefined {
  const found = overrides[id];
  return found && found.reason.trim() !== "" ? found : undefined;
}
