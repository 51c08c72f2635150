"use client";
import styles from "./digit-chooser.module.css";
import type { DigitChooserProps } from "./digit-chooser.tsx";
import { DigitPicker } from "./digit-picker.tsx";
import { DrawingArea } from "./drawing-area.tsx";
import { useDigitChoice } from "./use-digit-choice.ts";

/** The pad and the test digits; loaded when they are unfolded. */
export function DigitChooserBody({ data, live, pictures }: DigitChooserProps) {
  const choice = useDigitChoice(data, live, { pictures, mayBeEmpty: false });
  return (
    <>
      <div className={styles.chooserBody}>
        <div className={styles.padArea}>
          <DrawingArea choice={choice} />
        </div>
        <DigitPicker classes={data.classes} current={choice.current?.label} onPick={choice.pick} />
      </div>
      {choice.problem && <p role="alert">{choice.problem}</p>}
    </>
  );
}
