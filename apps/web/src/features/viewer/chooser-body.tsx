"use client";
import { DigitPicker } from "../digit/digit-picker.tsx";
import { Hand } from "../digit/hand.tsx";
import { useDigitChoice } from "../digit/use-digit-choice.ts";
import type { DigitChooserProps } from "./digit-chooser.tsx";
import styles from "./viewer.module.css";

/** The pad and the test digits; loaded when they are unfolded. */
export function ChooserBody({ data, live, pictures }: DigitChooserProps) {
  const choice = useDigitChoice(data, live, { pictures, mayBeEmpty: false });
  return (
    <>
      <div className={styles.chooserBody}>
        <div className={styles.padArea}>
          <Hand choice={choice} />
        </div>
        <DigitPicker classes={data.classes} current={choice.current?.label} onPick={choice.pick} />
      </div>
      {choice.failure && <p role="alert">{choice.failure}</p>}
    </>
  );
}
