import { useEffect, useState } from "react";
import type { Outcome } from "../../network/index.ts";

/**
 * The answer to a question to the model worker. The one before stays until the next has come; answers that are late are
 * dropped. `ask` is undefined while there is nothing to ask about.
 */
export function useAnswer<Value>(
  ask: (() => Promise<Outcome<Value>>) | undefined,
  initial?: Value,
): { value: Value | undefined; problem: string | undefined; fresh: boolean } {
  const [state, setState] = useState<{ ask: typeof ask; value: Value | undefined; problem?: string }>({
    ask: undefined,
    value: initial,
  });
  useEffect(() => {
    if (!ask) return;
    let wanted = true;
    ask().then((outcome) => {
      if (!wanted) return;
      if (outcome.ok) setState({ ask, value: outcome.value });
      else if (outcome.problem.code !== "superseded") {
        setState((now) => ({ ...now, ask, problem: outcome.problem.sentence }));
      }
    });
    return () => {
      wanted = false;
    };
  }, [ask]);
  return { value: state.value, problem: state.problem, fresh: state.ask === ask };
}
