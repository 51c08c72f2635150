import { useEffect, useState } from "react";
import { failure, type Result } from "./result.ts";
import { whenIdle } from "./when-idle.ts";

/** A question of a component. What it throws counts as a problem; `superseded` leaves the answer before as it is. */
export type Ask<Value> = (signal: AbortSignal) => Promise<Result<Value>>;

export interface Answer<Value> {
  /** The newest value there is: the one before stays until the next has come. */
  value: Value | undefined;
  /** The newest answer, which may say why there is no value; undefined until the first has come. */
  result: Result<Value> | undefined;
  /** Whether the answer is that to the question as it is asked now. */
  fresh: boolean;
}

interface Options<Value> {
  /** What holds before the first answer. */
  initial?: Value | undefined;
  /** Lets the page come to rest first: until it is idle, or these milliseconds in which the question stays the same. */
  wait?: "idle" | number | undefined;
}

/**
 * The answer to a question of a component, asked anew whenever `ask` is another function; undefined while there is
 * nothing to ask. An answer that comes late is dropped, and its question is called off by the signal.
 */
export function useAsk<Value>(ask: Ask<Value> | undefined, { initial, wait }: Options<Value> = {}): Answer<Value> {
  const [state, setState] = useState<{ of?: Ask<Value>; value: Value | undefined; result?: Result<Value> }>({
    value: initial,
  });
  useEffect(() => {
    if (!ask) return;
    return beginAsking(ask, wait, (result) =>
      setState(({ value }) => ({ of: ask, value: result.ok ? result.value : value, result })),
    );
  }, [ask, wait]);
  return { value: state.value, result: state.result, fresh: ask !== undefined && state.of === ask };
}

/** Asks and tells the answer, unless it was called off or is none. @returns how to call it off */
export function beginAsking<Value>(
  ask: Ask<Value>,
  wait: Options<Value>["wait"],
  tell: (result: Result<Value>) => void,
): () => void {
  const controller = new AbortController();
  const begin = async () => {
    const result = await ask(controller.signal).catch((error: unknown) =>
      failure("failed", error instanceof Error ? error.message : String(error)),
    );
    if (!controller.signal.aborted && (result.ok || result.problem.code !== "superseded")) tell(result);
  };
  const stopWaiting = afterRest(begin, wait);
  return () => {
    stopWaiting();
    controller.abort();
  };
}

function afterRest(work: () => void, wait: Options<unknown>["wait"]): () => void {
  if (wait === "idle") return whenIdle(work);
  if (wait === undefined) {
    work();
    return () => {};
  }
  const timer = setTimeout(work, wait);
  return () => clearTimeout(timer);
}
