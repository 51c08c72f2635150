import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { modelClientFor, type Problem } from "../../model-worker/index.ts";
import { setCurrentDigit } from "../current-digit.ts";
import { type DigitSource, decodeDigit, type RebuiltDigit } from "../digits.ts";
import type { HomeData } from "./home-data.ts";

export type LiveState = { kind: "loading" } | { kind: "live" } | { kind: "failed"; problem: Problem };

/** The digit that is shown, always together with what the network made of it, and the network's state. */
export function useLiveDigit({ source, weights, first }: HomeData) {
  const client = useMemo(() => modelClientFor(source), [source]);
  const [state, setState] = useState<LiveState>({ kind: "loading" });
  const [digit, setDigit] = useState<RebuiltDigit | undefined>(() => decodeDigit(first));
  /** Counts what was asked for, so that an answer to what is no longer wanted is dropped. */
  const asked = useRef(0);

  const connect = useCallback(async () => {
    setState({ kind: "loading" });
    const opened = await client.open();
    setState(opened.ok ? { kind: "live" } : { kind: "failed", problem: opened.problem });
  }, [client]);

  useEffect(() => {
    // The page's own work comes first.
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(connect, 200);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(connect, { timeout: 1000 });
    return () => cancelIdleCallback(idle);
  }, [connect]);

  const present = useCallback(
    (rebuilt: RebuiltDigit) => {
      asked.current++;
      setDigit(rebuilt);
      setCurrentDigit(rebuilt, weights);
    },
    [weights],
  );

  /** Rebuilds and shows a digit; undefined empties the figure. */
  const show = useCallback(
    async (pixels: Float32Array | undefined, from: DigitSource) => {
      const turn = ++asked.current;
      if (!pixels) {
        setDigit(undefined);
        return;
      }
      const outcome = await client.reconstruct(pixels);
      if (!outcome.ok) {
        if (outcome.problem.code !== "superseded") setState({ kind: "failed", problem: outcome.problem });
        return;
      }
      // Drawing asks anew with every frame: a picture one frame old is worth showing, one of another source is not.
      if (turn !== asked.current && from.kind === "test") return;
      if (turn < emptied.current) return;
      setState({ kind: "live" });
      const rebuilt = { ...outcome.value, source: from, pixels };
      setDigit(rebuilt);
      setCurrentDigit(rebuilt, weights);
    },
    [client, weights],
  );
  const emptied = useRef(0);

  return { client, state, digit, show, present, connect, emptied, asked };
}
