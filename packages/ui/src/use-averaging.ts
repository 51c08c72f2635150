"use client";
import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * How many numbers, across and down, share one pixel of the screen: they are averaged before they are drawn, since a
 * browser that shrinks a picture may also pick one of them.
 * @param frame an element whose first child is as wide as `numbers` numbers
 */
export function useAveraging(frame: RefObject<HTMLElement | null>, numbers: number): number {
  const [averaged, setAveraged] = useState(1);
  useLayoutEffect(() => {
    const measure = () => {
      const width = frame.current?.firstElementChild?.getBoundingClientRect().width ?? 0;
      if (width > 0) setAveraged(Math.max(1, Math.round(numbers / (width * devicePixelRatio))));
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame, numbers]);
  return averaged;
}
