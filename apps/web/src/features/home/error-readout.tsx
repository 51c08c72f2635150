"use client";
import { digitError, fixed } from "@autoencoder/ui";
import { useEffect, useState } from "react";
import { pixelCount } from "../../shared/pixels.ts";
import type { RebuiltDigit } from "../digit/digits.ts";
import styles from "./home.module.css";

/** How far the rebuilt digit is from the seen one, in three units; said aloud when it rests. */
export function ErrorReadout({ digit }: { digit: RebuiltDigit | undefined }) {
  const error = digit && digitError(digit.pixels, digit.reconstruction);
  const worth = error?.pixelsWorth.toFixed(1);
  const count = digit?.pixels.length ?? pixelCount;
  const spoken = useRested(error ? `Rebuilt. Error: ${worth} of ${count} pixels' worth.` : "The pad is empty.");
  return (
    <div className={styles.error} data-part="error">
      <p className={styles.worth}>
        <b className="number">{worth ?? "–"}</b> of {count} pixels’ worth
      </p>
      <p>
        MSE <span className="number">{error ? fixed(error.mse, 5) : "–"}</span> · PSNR{" "}
        <span className="number">{error ? fixed(error.psnr, 1) : "–"}</span> dB
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </div>
  );
}

/** A text once it has not changed for a while; nothing at first, so that a page does not speak on its own. */
function useRested(text: string): string {
  const [first] = useState(text);
  const [rested, setRested] = useState("");
  useEffect(() => {
    if (text === first && rested === "") return;
    const timer = setTimeout(() => setRested(text), 700);
    return () => clearTimeout(timer);
  }, [text, first, rested]);
  return rested;
}
