"use client";
import { createContext, type ReactNode, useContext, useId } from "react";
import { type Answering, useAnswer } from "../../shared/progress.ts";
import styles from "./question.module.css";

export interface QuestionProps {
  /** Names the question in the reader's progress. */
  id: string;
  /** What is asked. */
  prompt: ReactNode;
  options: readonly string[];
  /** Place of the right option, computed from the loaded run; undefined where nothing decides which one is right. */
  answer: number | undefined;
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
    <section className={styles.sheet} data-question={id} data-graded={answer !== undefined}>
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
  const asking = useAnswer(id, options.length);
  const heading = useId();
  return (
    <section
      className={styles.question}
      data-question={id}
      data-answered={asking.answered}
      data-graded={answer !== undefined}
      aria-labelledby={heading}
    >
      <h3 id={heading}>{prompt}</h3>
      <div className={styles.options}>
        {options.map((option, at) => (
          <button
            key={option}
            type="button"
            aria-pressed={at === asking.guess}
            data-right={at === answer}
            onClick={() => asking.answer(at)}
          >
            {option}
            <small className={styles.mark}>{markOf(at === answer, at === asking.guess)}</small>
          </button>
        ))}
        {!asking.answered && (
          <button type="button" className={styles.quiet} data-part="show-answer" onClick={asking.showMe}>
            show me
          </button>
        )}
      </div>
      <div aria-live="polite">
        <div className={styles.why} data-testid="question-why">
          <Verdict asking={asking} answer={answer} />
          {children}
        </div>
      </div>
    </section>
  );
}

function markOf(right: boolean, guessed: boolean): string | undefined {
  if (right) return guessed ? " your guess, right" : " the answer";
  return guessed ? " your guess" : undefined;
}

/** Says how the guess stands to the answer, and takes it back. */
function Verdict({ asking, answer }: { asking: Answering; answer: number | undefined }) {
  if (!asking.answered) return null;
  const judged = asking.guess !== undefined && answer !== undefined;
  return (
    <p data-part="verdict">
      {asking.before && "You answered this before. "}
      {judged && <b>Your guess is {asking.guess === answer ? "right" : "not it"}. </b>}
      <button type="button" className={styles.quiet} onClick={asking.askAgain}>
        ask me again
      </button>
    </p>
  );
}
