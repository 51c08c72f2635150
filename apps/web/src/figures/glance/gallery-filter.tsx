"use client";
import { useState } from "react";

interface GalleryItem {
  /** Number of the test image. */
  index: number;
  label: number;
  mse: number;
  /** Addresses of the pictures. */
  original: string;
  reconstruction: string;
}

/** The gallery of one digit, or the first two of every digit; without script it shows the latter. */
export function GalleryFilter({ items }: { items: readonly GalleryItem[] }) {
  const [digit, setDigit] = useState<number>();
  const digits = [...new Set(items.map(({ label }) => label))];
  const shown =
    digit === undefined
      ? digits.flatMap((label) => items.filter((item) => item.label === label).slice(0, 2))
      : items.filter((item) => item.label === digit);
  return (
    <>
      <fieldset className="gallery-bar">
        <legend>Which digits</legend>
        {[undefined, ...digits].map((choice) => (
          <label key={choice ?? "all"}>
            <input type="radio" name="gallery-digit" checked={digit === choice} onChange={() => setDigit(choice)} />
            {choice ?? "all"}
          </label>
        ))}
      </fieldset>
      <ul className="gallery" aria-live="polite">
        {shown.map(({ index, label, mse, original, reconstruction }) => (
          <li key={index}>
            {/* biome-ignore-start lint/performance/noImgElement: data addresses of a kilobyte, nothing to optimize */}
            <img src={original} width={56} height={56} alt={`A ${label}, number ${index} of the test set`} />
            <img src={reconstruction} width={56} height={56} alt="Its reconstruction" />
            {/* biome-ignore-end lint/performance/noImgElement: as above */}
            {mse.toFixed(4)}
          </li>
        ))}
      </ul>
    </>
  );
}
