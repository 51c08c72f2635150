import { useCallback, useMemo, useRef, useState } from "react";
import { modelClientFor } from "../../network/index.ts";
import { firstLook, type GradedRun, nextPiece, pcaWhereNeeded } from "./recompute.ts";
import { evidenceWith, nothingRecomputed, type Recomputed } from "./recomputed.ts";

/** How far the work is. `looked`: the first pictures of each set are through. */
type Phase = "idle" | "looking" | "looked" | "going-on" | "done";

/** Recomputes a run's checks in pieces, when it is asked to, and gives the evidence as it grows. */
export function useRecompute(graded: GradedRun) {
  const [phase, setPhase] = useState<Phase>("idle");
  const [problem, setProblem] = useState<string>();
  const [at, setAt] = useState<Date>();
  const [recomputed, setRecomputed] = useState(nothingRecomputed);
  const running = useRef<AbortController>(undefined);
  const finished = useRef(recomputed);

  /** Does one piece of the work on a copy, so that a piece that breaks off leaves nothing half done. */
  const step = useCallback(async <Value>(piece: (into: Recomputed) => Promise<Value>): Promise<Value> => {
    const into = structuredClone(finished.current);
    const value = await piece(into);
    finished.current = into;
    setRecomputed(into);
    setAt(new Date());
    return value;
  }, []);

  const client = useMemo(() => graded.network && modelClientFor(graded.network), [graded.network]);

  const run = useCallback(
    async (rest: boolean) => {
      setProblem(undefined);
      setAt(new Date());
      if (!client) return setPhase("done"); // what needs the weights is lost, with the reason
      const controller = new AbortController();
      running.current = controller;
      setPhase(rest ? "going-on" : "looking");
      const { signal } = controller;
      try {
        if (!rest) {
          finished.current = nothingRecomputed();
          await step((into) => firstLook(client, graded, into, signal));
        }
        await step((into) => pcaWhereNeeded(graded, into));
        while (rest && !signal.aborted && (await step((into) => nextPiece(client, graded, into, signal)))) {}
        await step((into) => pcaWhereNeeded(graded, into));
      } catch (error) {
        if (!signal.aborted) setProblem((error as Error).message);
      }
      setPhase(phaseOf(finished.current, graded));
    },
    [client, graded, step],
  );
  return {
    client,
    phase,
    problem,
    at,
    evidence: useMemo(() => evidenceWith(recomputed, graded), [graded, recomputed]),
    done: recomputed.validation.mse.length + recomputed.test.mse.length,
    look: useCallback(() => run(false), [run]),
    goOn: useCallback(() => run(true), [run]),
    stop: useCallback(() => running.current?.abort(), []),
  };
}

function phaseOf({ test }: Recomputed, { totals }: GradedRun): Phase {
  if (test.mse.length === 0) return "idle";
  return test.mse.length < totals.test ? "looked" : "done";
}
