import type { MapLayer } from "@autoencoder/model";
import { useCallback, useEffect, useState } from "react";
import { type DigitInAddress, parseView, type View, viewAddress } from "../layers/view.ts";

/**
 * The viewer's state, kept in the address: moves replace it, a change of level adds to the history, so that Back is
 * one level up.
 */
export function useView(
  layers: readonly MapLayer[],
  first: View,
  shown: { digit: DigitInAddress; run: string | undefined },
) {
  const [view, setView] = useState(first);
  const { digit, run } = shown;
  useEffect(() => {
    const back = () => setView(parseView(layers, Object.fromEntries(new URLSearchParams(location.search))));
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [layers]);
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
