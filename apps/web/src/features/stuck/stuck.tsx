"use client";
import { exampleValidationLoss } from "@autoencoder/model/grading";
import { type ReactNode, useState } from "react";
import { LadderTable } from "./ladder-table.tsx";
import { type LossState, type Rung, readLosses, stateOf } from "./losses.ts";
import styles from "./stuck.module.css";

const biasLine = "bias_initializer=keras.initializers.Constant(-1.895)";

const advice: Readonly<Record<LossState, { title: string; text: ReactNode }>> = {
  "no-numbers": { title: "No number was found.", text: "Paste what Keras printed, or type one loss." },
  "not-a-loss": {
    title: "A mean squared error is never below 0.",
    text: "Is the loss binary cross-entropy, or are the numbers of something else?",
  },
  scale: {
    title: "The pixels are probably not between 0 and 1.",
    text: (
      <>
        A picture of wrong pixels scores at most 1. Divide by 255:{" "}
        <code>x_train = x_train.astype(&quot;float32&quot;) / 255</code>.
      </>
    ),
  },
  black: {
    title: "The network prints black.",
    text: (
      <>
        This is the error of a black picture. The outputs were pushed so far down that the sigmoid is flat: there is
        almost no gradient left, and more epochs rarely help. Let the last layer start where the data is:{" "}
        <code>layers.Conv2D(1, 3, activation=&quot;sigmoid&quot;, padding=&quot;same&quot;, {biasLine})</code>, then
        train from the beginning.
      </>
    ),
  },
  grey: {
    title: "It prints the same picture for every digit.",
    text: "A grey or the mean picture scores this much. Give it another epoch; if it stays, look for pixels that are not between 0 and 1, or a code that does not depend on the input.",
  },
  learning: {
    title: "It learns.",
    text: "Its pictures depend on the digit, but 64 numbers of PCA, a straight-line code, would still be better. Train on.",
  },
  pca: {
    title: "It is better than any straight-line code of 64 numbers.",
    text: `The assignment’s own example ends at ${exampleValidationLoss}. A few epochs more.`,
  },
  good: { title: "It is as good as the assignment’s example, or better.", text: "Nothing is stuck here." },
};

/** Losses in, where they stand and what to do out; nothing leaves the page. */
export function Stuck({ rungs, black, pca }: { rungs: readonly Rung[]; black: number; pca: number }) {
  const [text, setText] = useState("");
  const losses = readLosses(text);
  const last = losses.at(-1);
  const state = stateOf(losses, { black, pca });
  const told = text.trim() === "" ? undefined : advice[state];
  return (
    <figure className={styles.stuck}>
      <label>
        Your losses: what Keras printed, or one number
        <textarea
          rows={4}
          spellCheck={false}
          value={text}
          placeholder="loss: 0.1131 - val_loss: 0.1114"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div aria-live="polite">
        {told && (
          <p className="notice" data-state={state}>
            <b>{told.title}</b> {told.text}
          </p>
        )}
      </div>
      <LadderTable rungs={last === undefined || !(last > 0) ? rungs : [...rungs, { name: "yours", mse: last }]} />
    </figure>
  );
}
