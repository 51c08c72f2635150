"use client";
import "../../styles/presenter.css";
import { useCallback, useEffect, useRef, useState } from "react";
import { partAsked, stepAsked } from "./asked.ts";

/** What is shown one at a time: the title, figures, questions, what is folded, and the means to choose a digit. */
const shownOneAtATime = ":is(h1, figure, .wide, [data-gate], [data-question], [data-part='choose-digit'], details)";

/**
 * `?present=1`: one figure at a time, full screen and large, for a room. Arrow keys or buttons walk, Escape ends.
 * The address keeps up, so that any step can be linked; `?present=1#HEADING` begins below that heading.
 */
export function Presenter() {
  const [step, setStep] = useState<number>();
  const steps = useRef<HTMLElement[]>([]);
  const go = useCallback((by: number) => {
    setStep((at = 0) => Math.max(0, Math.min(steps.current.length - 1, at + by)));
  }, []);
  useEffect(() => {
    const asked = new URLSearchParams(location.search).get("present");
    if (asked === null) return;
    steps.current = [...document.querySelectorAll<HTMLElement>(`.prose > ${shownOneAtATime}`)];
    // Not by :target, which a browser may set only after the page has come alive.
    const heading = document.getElementById(partAsked(location.hash));
    const below = heading
      ? steps.current.findIndex(
          (element) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
        )
      : stepAsked(asked);
    setStep(Math.max(0, Math.min(steps.current.length - 1, below)));
  }, []);

  useEffect(() => {
    const address = new URL(location.href);
    if (step === undefined) {
      if (steps.current.length === 0) return; // this visit does not present
      address.searchParams.delete("present");
    } else {
      address.searchParams.set("present", String(step + 1));
      address.hash = "";
    }
    history.replaceState(history.state, "", address);
    steps.current.forEach((element, at) => {
      element.toggleAttribute("data-presented", at === step);
      if (at === step && element instanceof HTMLDetailsElement) element.open = true;
    });
    document.documentElement.toggleAttribute("data-present", step !== undefined);
    scrollTo(0, 0);
  }, [step]);

  useEffect(() => {
    if (step === undefined) return;
    const press = (event: KeyboardEvent) => {
      const inFigure = (event.target as HTMLElement).closest(
        "[role='slider'], [role='toolbar'], input, textarea, select",
      );
      if (event.key === "Escape") setStep(undefined);
      else if (!inFigure && ["ArrowRight", "PageDown"].includes(event.key)) go(1);
      else if (!inFigure && ["ArrowLeft", "PageUp"].includes(event.key)) go(-1);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [step, go]);

  if (step === undefined) return null;
  return (
    <nav className="presenter" aria-label="Presentation">
      <button type="button" aria-label="The figure before" disabled={step === 0} onClick={() => go(-1)}>
        ‹
      </button>
      <span aria-live="polite">
        {step + 1} of {steps.current.length}
      </span>
      <button
        type="button"
        aria-label="The next figure"
        disabled={step + 1 === steps.current.length}
        onClick={() => go(1)}
      >
        ›
      </button>
      <button type="button" onClick={() => document.documentElement.requestFullscreen?.()}>
        full screen
      </button>
      <button type="button" onClick={() => setStep(undefined)}>
        end
      </button>
    </nav>
  );
}
