"use client";
import { DigitPicker } from "../live/digit-picker.tsx";
import { Hand } from "../live/hand.tsx";
import type { LiveData } from "../live/live-data.ts";
import { useDigitChoice } from "../live/use-digit-choice.ts";
import type { useLiveDigit } from "../live/use-live-digit.ts";
import styles from "./viewer.module.css";

export interface DigitChooserProps {
  data: LiveData;
  live: ReturnType<typeof useLiveDigit>;
  pictures: () => Promise<Uint8Array>;
}

/** Which digit is looked into, and, unfolded, the means to take or to draw another; the viewer follows the pen. */
export function DigitChooser({ data, live, pictures }: DigitChooserProps) {
  const choice = useDigitChoice(data, live, { pictures, mayBeEmpty: false });
  const { current, failure } = choice;
  return (
    <details className={`more ${styles.chooser}`}>
      <summary>
        {current ? `Test digit ${current.index}, a ${current.label}` : "The digit you drew"}: change it, or draw
      </summary>
      <div className={styles.chooserBody}>
        <div className={styles.padArea}>
          <Hand choice={choice} />
        </div>
        <DigitPicker classes={data.classes} current={current?.label} onPick={choice.pick} />
      </div>
      {failure && <p role="alert">{failure}</p>}
    </details>
  );
}
