"use client";
import { digitError, fixed } from "@autoencoder/ui";
import { useEffect, useState } from "react";
import { pixelCount } from "../../shared/pixels.ts";
import styles from "./home.module.css";

/** Grey levels of a pixel as a file has them: 0 to 255. */
const brightest = 255;

export interface ErrorReadoutProps {
  /** [784] in [0, 1]; undefined while there is no digit. */
  pixels: Float32Array | undefined;
  reconstruction: Float32Array | undefined;
}

/** How far the rebuilt digit is from the drawn one, in words and in numbers; said aloud when it rests. */
export function ErrorReadout({ pixels, reconstruction }: ErrorReadoutProps) {
  const error = pixels && reconstruction && digitError(pixels, reconstruction);
  const count = pixels?.length ?? pixelCount;
  const worth = error?.pixelsWorth.toFixed(1);
  const grey = error && Math.round(brightest * Math.sqrt(error.mse));
  const spoken = useRested(
    error ? `Rebuilt. A pixel is off by ${grey} of ${brightest} grey levels.` : "The pad is empty.",
  );
  return (
    <div className={styles.error} data-part="error">
      <p className={styles.worth}>
        A pixel is off by <b className="number">{grey ?? "–"}</b> of {brightest} grey levels on average
        <small> (root mean square)</small>. All of it together weighs as much as{" "}
        <b className="number">{worth ?? "–"}</b> of {count} pixels painted black instead of white.
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
