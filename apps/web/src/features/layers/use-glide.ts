import { useCallback, useEffect, useRef, useState } from "react";

const milliseconds = 600;

/**
 * A number that moves to where it is wanted instead of jumping there; it jumps for who prefers reduced motion.
 * @returns what to show now, and a way to begin the movement again from another number
 */
export function useGlide(wanted: number): { shown: number; from: (start: number) => void } {
  const [shown, setShown] = useState(wanted);
  const now = useRef(wanted);
  const frame = useRef(0);
  const glide = useCallback((to: number) => {
    cancelAnimationFrame(frame.current);
    const show = (value: number) => {
      now.current = value;
      setShown(value);
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      show(to);
      return;
    }
    const [start, begun] = [now.current, performance.now()];
    const step = (time: number) => {
      const part = Math.min(1, Math.max(0, (time - begun) / milliseconds));
      show(part === 1 ? to : start + (to - start) * part ** 2 * (3 - 2 * part));
      if (part < 1) frame.current = requestAnimationFrame(step);
    };
    frame.current = requestAnimationFrame(step);
  }, []);
  useEffect(() => {
    if (now.current !== wanted) glide(wanted);
  }, [wanted, glide]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const from = useCallback(
    (start: number) => {
      now.current = start;
      glide(wanted);
    },
    [wanted, glide],
  );
  return { shown, from };
}
