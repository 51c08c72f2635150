"use client";
import styles from "./digit-chooser.module.css";
import { DigitPicker } from "./digit-picker.tsx";
import { DrawingArea } from "./drawing-area.tsx";
import type { LiveData } from "./live-data.ts";
import { useDigitChoice } from "./use-digit-choice.ts";
import type { LiveDigit } from "./use-live-digit.ts";

export interface DigitChooserProps {
  data: LiveData;
  live: LiveDigit;
  pictures: () => Promise<Uint8Array>;
}

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
