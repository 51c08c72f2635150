"use client";
import { type ReactNode, useEffect, useId, useState } from "react";
import { answered, recordAnswer } from "./progress.ts";

export interface QuestionProps {
  /** Names the question in the reader's progress. */
  id: string;
  /** What is asked. */
  prompt: ReactNode;
  options: readonly string[];
  /** Place of the right option, computed from the loaded run. */
  answer: number;
  /** Why: shown with the answer. */
  children: ReactNode;
}

/** Guess first, then see: nothing is scored; the guess stays marked beside the answer. */
export function Question({ id, prompt, options, answer, children }: QuestionProps) {
  const [guess, setGuess] = useState<number>();
  const [shown, setShown] = useState(false);
  const heading = useId();
  useEffect(() => {
    const before = answered(id);
    if (before !== undefined) {
      setGuess(before);
      setShown(true);
    }
  }, [id]);
  const show = (choice: number | undefined) => {
    setGuess(choice);
    setShown(true);
    recordAnswer(id, choice ?? -1);
  };
  return (
    <section className="question" aria-labelledby={heading}>
      <h3 id={heading}>{prompt}</h3>
      <div className="question-options">
        {options.map((option, at) => (
          <button
            key={option}
            type="button"
            aria-pressed={at === guess}
            data-right={shown && at === answer}
            onClick={() => show(at)}
          >
            {option}
            {shown && at === answer && <small> the answer</small>}
            {shown && at === guess && at !== answer && <small> your guess</small>}
          </button>
        ))}
        {!shown && (
          <button type="button" className="question-show" onClick={() => show(undefined)}>
            show me
          </button>
        )}
      </div>
      <div aria-live="polite">{shown && <div className="question-why">{children}</div>}</div>
    </section>
  );
}
