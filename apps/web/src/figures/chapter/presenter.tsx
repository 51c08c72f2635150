"use client";
import { useEffect } from "react";

/** `?present=1`: one figure at a time, full screen and large; arrow keys walk, Escape ends. */
export function Presenter() {
  useEffect(() => {
    if (!new URLSearchParams(location.search).has("present")) return;
    const root = document.documentElement;
    const figures = [...document.querySelectorAll<HTMLElement>(".prose > h1, .prose > figure, .prose > .wide")];
    let at = 0;
    const show = (to: number) => {
      at = Math.max(0, Math.min(figures.length - 1, to));
      figures.forEach((figure, index) => {
        figure.toggleAttribute("data-presented", index === at);
      });
    };
    const press = (event: KeyboardEvent) => {
      const inFigure = (event.target as HTMLElement).closest("[role='slider'], [role='toolbar'], input, textarea");
      if (event.key === "Escape") {
        root.removeAttribute("data-present");
        history.replaceState(history.state, "", location.pathname);
      } else if (!inFigure && ["ArrowRight", "PageDown"].includes(event.key)) show(at + 1);
      else if (!inFigure && ["ArrowLeft", "PageUp"].includes(event.key)) show(at - 1);
    };
    root.setAttribute("data-present", "");
    show(0);
    addEventListener("keydown", press);
    return () => {
      removeEventListener("keydown", press);
      root.removeAttribute("data-present");
    };
  }, []);
  return null;
}
