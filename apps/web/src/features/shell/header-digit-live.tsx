"use client";
import { codeBarsPath, PixelPicture } from "@autoencoder/ui";
import { useMemo } from "react";
import { useCurrentDigit } from "../digit/current-digit.ts";
import { decodeDigit, digitPicture, type EncodedDigit } from "../digit/digits.ts";
import styles from "./header-digit.module.css";

export interface HeaderDigitLiveProps {
  /** The default digit as the trainer recorded it: shown until the reader has another. */
  initial: EncodedDigit;
  /** `weightsKey` of the run. */
  weights: string;
}

/** Picture, code, picture of the reader's current digit: in the header of every page. */
export function HeaderDigitLive({ initial, weights }: HeaderDigitLiveProps) {
  const first = useMemo(() => decodeDigit(initial), [initial]);
  const digit = useCurrentDigit({ weights, code: first.latent.length }) ?? first;
  const { origin, pixels, latent, reconstruction } = digit;
  const name = origin.kind === "test" ? `test digit ${origin.index}, a ${origin.label}` : "the digit you drew";
  const seen = useMemo(() => digitPicture(pixels), [pixels]);
  const rebuilt = useMemo(() => digitPicture(reconstruction), [reconstruction]);
  const bars = useMemo(() => codeBarsPath(latent, { width: latent.length * 3, height: 40, gap: 1 }), [latent]);
  return (
    <span
      className={styles.digit}
      role="img"
      aria-label={`Your current digit: ${name}; its ${latent.length} numbers; and the digit rebuilt from them`}
    >
      <PixelPicture pixels={seen} label="" className={styles.picture} />
      <svg
        className={styles.code}
        viewBox={`0 0 ${latent.length * 3} 40`}
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
