"use client";
import { fixed } from "@autoencoder/ui";
import { useState } from "react";
import styles from "./gallery.module.css";

interface GalleryItem {
  /** Number of the test image. */
  index: number;
  label: number;
  mse: number;
  /** Its place on the sheet. */
  place: number;
}

interface GalleryFilterProps {
  items: readonly GalleryItem[];
  /** Address of the sheet of pictures: all originals side by side, below them their reconstructions. */
  sheet: string;
}

/** The gallery of one digit, or the first two of every digit; without script it shows the latter. */
export function GalleryFilter({ items, sheet }: GalleryFilterProps) {
  const [digit, setDigit] = useState<number>();
  const digits = [...new Set(items.map(({ label }) => label))];
  const shown =
    digit === undefined
      ? digits.flatMap((label) => items.filter((item) => item.label === label).slice(0, 2))
      : items.filter((item) => item.label === digit);
  return (
    <>
      <fieldset className={styles.choice} data-testid="gallery-choice">
        <legend>Which digits</legend>
        {[undefined, ...digits].map((choice) => (
          <label key={choice ?? "all"}>
            <input type="radio" name="gallery-digit" checked={digit === choice} onChange={() => setDigit(choice)} />
            {choice ?? "all"}
          </label>
        ))}
      </fieldset>
      <ul className={styles.gallery} data-testid="gallery" aria-live="polite">
        {shown.map(({ index, label, mse, place }) => (
          <li key={index}>
            <SheetPicture {...{ sheet, place }} row={0} label={`A ${label}, number ${index} of the test set`} />
            <SheetPicture {...{ sheet, place }} row={1} label="Its reconstruction" />
            {fixed(mse)}
          </li>
        ))}
      </ul>
    </>
  );
}

const side = 56;

function SheetPicture({ sheet, place, row, label }: { sheet: string; place: number; row: 0 | 1; label: string }) {
  const backgroundPosition = `${-place * side}px ${-row * side}px`;
  return <span role="img" aria-label={label} style={{ backgroundImage: `url(${sheet})`, backgroundPosition }} />;
}
