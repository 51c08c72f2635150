import { useEffect, useRef, useState } from "react";

export type Speed = "slow" | "fast";

/** Milliseconds from one place to the next: slowly enough to read a sum, or a row of 28 in half a second. */
const pace: Record<Speed, number> = { slow: 900, fast: 18 };

/** Walks over the places of a map, from where it stands to the last. */
export function useRunning(count: number, show: (position: number) => void) {
  const [state, setState] = useState<{ speed: Speed; position: number }>();
  const timer = useRef<ReturnType<typeof setInterval>>(undefined);
  useEffect(() => () => clearInterval(timer.current), []);
  const stop = () => {
    clearInterval(timer.current);
    setState(undefined);
  };
  const start = (speed: Speed, from: number) => {
    let position = from >= count - 1 ? 0 : from;
    clearInterval(timer.current);
    const go = () => {
      setState({ speed, position });
      show(position);
    };
    go();
    timer.current = setInterval(() => {
      position++;
      if (position >= count) stop();
      else go();
    }, pace[speed]);
  };
  return {
    speed: state?.speed,
    /** Up to where the map is written; undefined while nothing runs. */
    position: state?.position,
    stop,
    toggle: (speed: Speed, from: number) => (state?.speed === speed ? stop() : start(speed, from)),
  };
}
