"use client";
import { Button } from "@autoencoder/ui";
import type { ReactNode } from "react";
import { useAnswer } from "../../shared/progress.ts";
import styles from "./gate.module.css";

export interface GateProps {
  /** The id of the question that opens it. */
  question: string;
  children: ReactNode;
}

/**
 * Withholds what gives a question's answer away until it is guessed, or asked to be shown. What is inside keeps its
 * place, so that nothing above it moves when it appears. Without script, in print and presented it is shown.
 */
export function Gate({ question, children }: GateProps) {
  const { answered, showMe } = useAnswer(question);
  return (
    <div className={styles.gate} data-gate={question} data-open={answered}>
      <div className={styles.held}>{children}</div>
      {!answered && (
        <div className={styles.cover}>
          <p>This figure shows the answer. Make your guess above first, or</p>
          <Button data-part="show-answer" onClick={showMe}>
            show me
          </Button>
        </div>
      )}
    </div>
  );
}
