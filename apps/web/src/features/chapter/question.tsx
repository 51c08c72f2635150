"use client";
import { createContext, type ReactNode, useContext, useEffect, useId, useState } from "react";
import { answered, recordAnswer } from "./progress.ts";
import styles from "./question.module.css";

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

/** Set where questions stand on a sheet of paper: whether their answers are printed. */
const Sheet = createContext<{ answers: boolean } | undefined>(undefined);

/** Questions to print. */
export function QuestionSheet({ answers, children }: { answers: boolean; children: ReactNode }) {
  return <Sheet value={{ answers }}>{children}</Sheet>;
}

/** A question of a chapter, to be guessed, or on a sheet, to be ticked. */
export function Question(props: QuestionProps) {
  const sheet = useContext(Sheet);
  return sheet ? <Ticked {...props} answers={sheet.answers} /> : <Guessed {...props} />;
}

function Ticked({ id, prompt, options, answer, answers, children }: QuestionProps & { answers: boolean }) {
  return (
    <section className={styles.sheet} data-question={id}>
      <h3>{prompt}</h3>
      <ul>
        {options.map((option, at) => (
          <li key={option} data-right={answers && at === answer}>
            {option}
          </li>
        ))}
      </ul>
      {answers && (
        <div className={styles.why} data-testid="question-why">
          {children}
        </div>
      )}
    </section>
  );
}

/** Guess first, then see: nothing is scored; the guess stays marked beside the answer. */
function Guessed({ id, prompt, options, answer, children }: QuestionProps) {
  const [guess, setGuess] = useState<number>();
  const [shown, setShown] = useState(false);
  const heading = useId();
  useEffect(() => {
    const before = answered(id, options.length);
    if (before !== undefined) {
      setGuess(before);
      setShown(true);
    }
  }, [id, options.length]);
  const show = (choice: number | undefined) => {
    setGuess(choice);
    setShown(true);
    recordAnswer(id, choice ?? -1);
  };
  return (
    <section className={styles.question} data-question={id} aria-labelledby={heading}>
      <h3 id={heading}>{prompt}</h3>
      <div className={styles.options}>
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
          <button type="button" className={styles.show} data-part="show-answer" onClick={() => show(undefined)}>
            show me
          </button>
        )}
      </div>
      <div aria-live="polite">
        {shown && (
          <div className={styles.why} data-testid="question-why">
            {children}
          </div>
        )}
      </div>
    </section>
  );
}
