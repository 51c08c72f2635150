import { useEffect } from "react";

/** Pixels that a finger may wander without meaning to scroll. */
const slack = 8;

/** Takes the page's header away while one scrolls down, and brings it back on the way up; shell.module.css draws it. */
export function useHeaderAway(): void {
  useEffect(() => {
    const root = document.documentElement;
    let last = scrollY;
    const scroll = () => {
      const moved = scrollY - last;
      if (Math.abs(moved) < slack) return;
      last = scrollY;
      if (moved > 0 && scrollY > slack) root.dataset.header = "away";
      else delete root.dataset.header;
    };
    addEventListener("scroll", scroll, { passive: true });
    return () => {
      removeEventListener("scroll", scroll);
      delete root.dataset.header;
    };
  }, []);
}
