import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { modelClientFor, type Problem } from "../../network/index.ts";
import { whenIdle } from "../../shared/when-idle.ts";
import { setCurrentDigit, storedDigit } from "./current-digit.ts";
import { type DigitSource, decodeDigit, type RebuiltDigit } from "./digits.ts";
import type { LiveData } from "./live-data.ts";

export type LiveState = { kind: "loading" } | { kind: "live" } | { kind: "failed"; problem: Problem };

/**
 * The digit that is shown, always together with what the network made of it, and the network's state.
 * @param keep whether the digit that the reader brought along takes the place of the first one
 */
export function useLiveDigit({ source, weights, samples, first }: LiveData, keep = true) {
  const client = useMemo(() => modelClientFor(source), [source]);
  const [state, setState] = useState<LiveState>({ kind: "loading" });
  const recorded = useMemo(() => decodeDigit(first), [first]);
  const [digit, setDigit] = useState<RebuiltDigit | undefined>(recorded);
  /** What the last digit took in the worker. */
  const [milliseconds, setMilliseconds] = useState<number>();
  /** Rises with every new digit, so that an answer about an old one is dropped. */
  const era = useRef(0);
  const opening = useRef(recorded);

  const connect = useCallback(async () => {
    setState({ kind: "loading" });
    const opened = await client.open();
    setState(opened.ok ? { kind: "live" } : { kind: "failed", problem: opened.problem });
    if (!opened.ok || era.current > 0) return;
    // The digit that the page opened on becomes live itself: its inner numbers are wanted.
    const { source: from, pixels } = opening.current;
    const outcome = await client.reconstruct(pixels, true);
    if (!outcome.ok || era.current > 0) return;
    const { latent, reconstruction, pass, all } = outcome.value;
    setDigit({ source: from, pixels, latent, reconstruction, inside: all && { pass, all } });
  }, [client]);

  useEffect(() => {
    const brought = storedDigit(weights);
    if (brought && keep && era.current === 0) {
      opening.current = brought;
      setDigit(brought);
    }
    return whenIdle(connect); // the page's own work comes first
  }, [connect, weights, keep]);

  /** Another digit begins: answers about the one before are no longer wanted. */
  const begin = useCallback(() => {
    era.current++;
  }, []);

  /** Rebuilds pixels and shows both; undefined empties the figure. */
  const show = useCallback(
    async (pixels: Float32Array | undefined, from: DigitSource) => {
      if (!pixels) {
        era.current++;
        setDigit(undefined);
        return;
      }
      const asked = era.current;
      const outcome = await client.reconstruct(pixels, true);
      if (era.current !== asked) return;
      if (outcome.ok) {
        const { latent, reconstruction, milliseconds: took, pass, all } = outcome.value;
        const rebuilt = { source: from, pixels, latent, reconstruction, inside: all && { pass, all } };
        setDigit(rebuilt);
        setMilliseconds(took);
        setState((now) => (now.kind === "live" ? now : { kind: "live" }));
        setCurrentDigit(rebuilt, weights);
      } else if (outcome.problem.code !== "superseded") {
        setState({ kind: "failed", problem: outcome.problem });
        const { recordedDigit } = await import("./recorded-digit.ts"); // seldom needed, so not in the first load
        const kept = from.kind === "test" ? await recordedDigit(samples, from, pixels).catch(() => recorded) : recorded;
        if (era.current === asked) setDigit(kept);
      }
    },
    [client, recorded, samples, weights],
  );

  return { client, state, milliseconds, recorded, digit, begin, show, connect };
}
