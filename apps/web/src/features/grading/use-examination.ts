import { useCallback, useMemo, useRef, useState } from "react";
import { modelClientFor } from "../../network/index.ts";
import { type Collected, completed, nothingCollected } from "./collected.ts";
import { type Examined, firstLook, nextPiece, pcaWhereNeeded } from "./examine.ts";

/** How far the examination is. `looked`: the first pictures of each set are through. */
type Phase = "idle" | "looking" | "looked" | "going-on" | "done";

/** Recomputes a run's checks in pieces, when it is asked to, and gives the evidence as it grows. */
export function useExamination(examined: Examined) {
  const [phase, setPhase] = useState<Phase>("idle");
  const [problem, setProblem] = useState<string>();
  const [at, setAt] = useState<Date>();
  const [collected, setCollected] = useState(nothingCollected);
  const running = useRef<AbortController>(undefined);
  const work = useRef(collected);

  const run = useCallback(
    async (rest: boolean) => {
      const { source } = examined;
      setProblem(undefined);
      setAt(new Date());
      if (!source) return setPhase("done"); // what needs the weights is lost, with the reason
      const calling = new AbortController();
      running.current = calling;
      setPhase(rest ? "going-on" : "looking");
      // A piece works on a copy, so that one that breaks off leaves nothing half done.
      const step = async <Value>(piece: (into: Collected) => Promise<Value>) => {
        const into = copied(work.current);
        const value = await piece(into);
        work.current = into;
        setCollected(into);
        setAt(new Date());
        return value;
      };
      const { signal } = calling;
      try {
        const client = modelClientFor(source);
        if (!rest) {
          work.current = nothingCollected();
          await step((into) => firstLook(client, examined, into, signal));
        }
        await step((into) => pcaWhereNeeded(examined, into));
        while (rest && !signal.aborted && (await step((into) => nextPiece(client, examined, into, signal)))) {}
        await step((into) => pcaWhereNeeded(examined, into));
      } catch (error) {
        if (!signal.aborted) setProblem((error as Error).message);
      }
      setPhase(phaseOf(work.current, examined));
    },
    [examined],
  );
  return {
    phase,
    problem,
    at,
    evidence: useMemo(() => completed(examined.recorded, collected, examined.totals), [examined, collected]),
    done: collected.validation.mse.length + collected.test.mse.length,
    look: useCallback(() => run(false), [run]),
    goOn: useCallback(() => run(true), [run]),
    stop: useCallback(() => running.current?.abort(), []),
  };
}

function phaseOf({ test }: Collected, { totals }: Examined): Phase {
  if (test.mse.length === 0) return "idle";
  return test.mse.length < totals.test ? "looked" : "done";
}

function copied(collected: Collected): Collected {
  const { validation, test } = collected;
  return {
    ...collected,
    validation: { mse: [...validation.mse], loss: [...validation.loss] },
    test: { mse: [...test.mse], loss: [...test.loss], labels: [...test.labels] },
  };
}
