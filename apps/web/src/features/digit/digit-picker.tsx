"use client";
import { greyPixels, PixelPicture } from "@autoencoder/ui";
import { useMemo } from "react";
import styles from "./digit-picker.module.css";
import { decodeBytes } from "./encoding.ts";
import type { LiveData } from "./live-data.ts";

export interface DigitPickerProps {
  classes: LiveData["classes"];
  /** The class of the test digit that is shown. */
  current: number | undefined;
  onPick: (label: number) => void;
}

/** One test digit of each class; the same one again gives the next of its class. */
export function DigitPicker({ classes, current, onPick }: DigitPickerProps) {
  const pictures = useMemo(
    () => classes.map(({ label, pixels }) => ({ label, pixels: greyPixels(decodeBytes(pixels)) })),
    [classes],
  );
  return (
    <fieldset className={styles.picker}>
      <legend>
        <b>Or take a test digit.</b> The network never saw them in training; tap one again for the next of its kind.
      </legend>
      <div className={styles.classes}>
        {pictures.map(({ label, pixels }) => (
          <button
            key={label}
            type="button"
            aria-label={`Test digit ${label}`}
            aria-pressed={label === current}
            onClick={() => onPick(label)}
          >
            <PixelPicture pixels={pixels} label="" />
          </button>
        ))}
      </div>
    </fieldset>
  );
}
