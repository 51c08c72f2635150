import { type RefObject, useEffect } from "react";

/** Lets the header show its digit only once the page's own pictures, which show the same, have scrolled away. */
export function useHeaderDigitHidden(pictures: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!pictures.current) return;
    const root = document.documentElement;
    const observer = new IntersectionObserver(([entry]) => {
      root.dataset.figure = entry?.isIntersecting ? "shown" : "away";
    });
    observer.observe(pictures.current);
    return () => {
      observer.disconnect();
      delete root.dataset.figure;
    };
  }, [pictures]);
}
