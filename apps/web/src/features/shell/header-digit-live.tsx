"use client";
import { codeBarsPath, PixelPicture } from "@autoencoder/ui";
import { useMemo } from "react";
import { pixelCount } from "../../shared/pixels.ts";
import { useCurrentDigit } from "../digit/current-digit.ts";
import { type DigitOrigin, decodeDigit, digitPicture, type EncodedDigit } from "../digit/digits.ts";
import styles from "./header-digit.module.css";

export interface HeaderDigitLiveProps {
  /** The default digit as the trainer recorded it: shown until the reader has another. */
  initial: EncodedDigit;
  /** `weightsKey` of the run. */
  weights: string;
}

/** What stands in the header while the pad is empty. */
const nothing = {
  pixels: new Float32Array(pixelCount),
  latent: new Float32Array(0),
  reconstruction: new Float32Array(pixelCount),
};

/** Picture, code, picture of the reader's current digit: in the header of every page. */
export function HeaderDigitLive({ initial, weights }: HeaderDigitLiveProps) {
  const first = useMemo(() => decodeDigit(initial), [initial]);
  const count = first.latent.length;
  const current = useCurrentDigit({ weights, code: count }) ?? first;
  const digit = current === "none" ? undefined : current;
  const { pixels, latent, reconstruction } = digit ?? nothing;
  const seen = useMemo(() => digitPicture(pixels), [pixels]);
  const rebuilt = useMemo(() => digitPicture(reconstruction), [reconstruction]);
  const bars = useMemo(() => codeBarsPath(latent, { width: count * 3, height: 40, gap: 1 }), [latent, count]);
  return (
    <span
      className={styles.digit}
      role="img"
      aria-label={
        digit
          ? `Your current digit: ${nameOf(digit.origin)}; its ${count} numbers; and the digit rebuilt from them`
          : "No digit: the pad is empty"
      }
    >
      <PixelPicture pixels={seen} label="" className={styles.picture} />
      <svg
        className={styles.code}
        viewBox={`0 0 ${count * 3} 40`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <path d={bars} />
      </svg>
      <PixelPicture pixels={rebuilt} label="" className={styles.picture} />
    </span>
  );
}

function nameOf(origin: DigitOrigin): string {
  return origin.kind === "test" ? `test digit ${origin.index}, a ${origin.label}` : "the digit you drew";
}
