import type { MapLayer } from "@autoencoder/model";
import { useCallback, useEffect, useState } from "react";
import { type DigitChoice, parseView, type View, viewAddress } from "./view-state.ts";

/**
 * The viewer's state, kept in the address: moves replace it, a change of level adds to the history, so that Back is
 * one level up.
 */
export function useView(
  stages: readonly MapLayer[],
  first: View,
  where: { digit: DigitChoice; run: string | undefined },
) {
  const [view, setView] = useState(first);
  const { digit, run } = where;
  useEffect(() => {
    const back = () => setView(parseView(stages, Object.fromEntries(new URLSearchParams(location.search))));
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [stages]);
  useEffect(() => {
    history.replaceState(history.state, "", viewAddress(view, digit, run));
  }, [view, digit, run]);
  const change = useCallback(
    (changes: Partial<View>) =>
      setView((now) => {
        const next = { ...now, ...changes };
        if (next.level !== now.level) history.pushState(history.state, "", viewAddress(next, digit, run));
        return next;
      }),
    [digit, run],
  );
  return { view, change };
}
