import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { modelClientFor, type NetworkProblem, type Output } from "../../network/index.ts";
import { whenIdle } from "../../shared/when-idle.ts";
import { emptyCurrentDigit, setCurrentDigit, storedDigit } from "./current-digit.ts";
import { type DigitOrigin, decodeDigit, type RebuiltDigit } from "./digits.ts";
import type { LiveData } from "./live-data.ts";

export type LiveState = { kind: "loading" } | { kind: "live" } | { kind: "failed"; problem: NetworkProblem };

/**
 * The digit that is shown, always together with what the network made of it, and the network's state.
 * @param keep whether the digit that the reader brought along takes the place of the first one
 */
export function useLiveDigit({ network, weights, samples, first, digits }: LiveData, keep = true) {
  const client = useMemo(() => modelClientFor(network), [network]);
  const [state, setState] = useState<LiveState>({ kind: "loading" });
  const recorded = useMemo(() => decodeDigit(first), [first]);
  const [digit, setDigit] = useState<RebuiltDigit | undefined>(recorded);
  /** What the last digit took in the worker. */
  const [milliseconds, setMilliseconds] = useState<number>();
  /** Counts the digits that were begun, so that an answer about an older one is dropped. */
  const begun = useRef(0);
  const opening = useRef(recorded);

  const connect = useCallback(async () => {
    setState({ kind: "loading" });
    const opened = await client.open();
    setState(opened.ok ? { kind: "live" } : { kind: "failed", problem: opened.problem });
    if (!opened.ok || begun.current > 0) return;
    // The digit that the page opened on becomes live itself, so that its layers can be looked into.
    const { origin, pixels } = opening.current;
    const result = await client.reconstruct(pixels, true);
    // Nobody waits for it: every figure draws anew, in pieces that let the reader's own presses through.
    if (result.ok && begun.current === 0) {
      startTransition(() => setDigit(rebuiltDigit(origin, pixels, result.value)));
    }
  }, [client]);

  useEffect(() => {
    const brought = storedDigit({ weights, code: recorded.latent.length });
    if (brought && isOf(digits, brought.origin) && keep && begun.current === 0) {
      opening.current = brought;
      setDigit(brought);
    }
    return whenIdle(connect); // the page's own work comes first
  }, [connect, weights, recorded, digits, keep]);

  /** Another digit begins: answers about the one before are dropped. @returns whether it still is the newest */
  const begin = useCallback(() => {
    const own = ++begun.current;
    return () => begun.current === own;
  }, []);

  /** What is shown where the network does not compute: what the trainer recorded. */
  const showRecorded = useCallback(
    async (pixels: Float32Array, origin: DigitOrigin) => {
      const asked = begun.current;
      const { fetchRecordedDigit } = await import("./fetch-recorded-digit.ts"); // seldom needed, so not in the first load
      const found =
        origin.kind === "test" ? await fetchRecordedDigit(samples, origin, pixels).catch(() => recorded) : recorded;
      if (begun.current === asked) setDigit(found);
    },
    [recorded, samples],
  );

  /** Rebuilds pixels and shows both; undefined empties the figure. */
  const show = useCallback(
    async (pixels: Float32Array | undefined, origin: DigitOrigin) => {
      if (!pixels) {
        begun.current++;
        setDigit(undefined);
        emptyCurrentDigit();
        return;
      }
      const asked = begun.current;
      const result = await client.reconstruct(pixels, true);
      if (begun.current !== asked) return;
      if (result.ok) {
        const rebuilt = rebuiltDigit(origin, pixels, result.value);
        setDigit(rebuilt);
        setMilliseconds(result.value.milliseconds);
        setState((now) => (now.kind === "live" ? now : { kind: "live" }));
        setCurrentDigit(rebuilt, weights);
      } else if (result.problem.code !== "superseded") {
        setState({ kind: "failed", problem: result.problem });
        await showRecorded(pixels, origin);
      }
    },
    [client, weights, showRecorded],
  );

  return { client, state, milliseconds, recorded, digit, begin, show, connect };
}

export type LiveDigit = ReturnType<typeof useLiveDigit>;

/** Whether a sample is what the run's samples have in its place; a drawn digit and other test digits are nobody's. */
function isOf(digits: LiveData["digits"], origin: DigitOrigin): boolean {
  if (origin.kind === "drawn" || origin.sample === undefined) return true;
  const known = digits[origin.sample];
  return known?.index === origin.index && known.label === origin.label;
}

function rebuiltDigit(
  origin: DigitOrigin,
  pixels: Float32Array,
  { latent, reconstruction, pass, activations }: Output<"reconstruct">,
): RebuiltDigit {
  return { origin, pixels, latent, reconstruction, activations: activations && { pass, values: activations } };
}
