"use client";
import { PixelPicture, SignedLegend, signedDifference, signedPixels } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { pixelCount } from "../../shared/pixels.ts";
import { digitPicture } from "../digit/digits.ts";
import styles from "./home.module.css";

const blank = new Float32Array(pixelCount);

export interface RebuiltPictureProps {
  /** [784] in [0, 1]; undefined while there is no digit. */
  pixels: Float32Array | undefined;
  reconstruction: Float32Array | undefined;
  /** Whether the code was pulled, so that this is not what the network makes of the digit. */
  isPulled: boolean;
}

/** What the decoder paints; its difference from the digit in its place, on a button. */
export function RebuiltPicture({ pixels, reconstruction, isPulled }: RebuiltPictureProps) {
  const [asDifference, setAsDifference] = useState(false);
  const empty = !pixels || !reconstruction;
  const painted = useMemo(() => digitPicture(reconstruction ?? blank), [reconstruction]);
  const { difference, greatest } = useMemo(
    () => signedDifference(pixels ?? blank, reconstruction ?? blank),
    [pixels, reconstruction],
  );
  const signs = useMemo(() => signedPixels(difference, Math.sqrt(difference.length), greatest), [difference, greatest]);
  return (
    <figure className={`${styles.result} ${styles.rebuilt}`} data-empty={empty} data-difference={asDifference}>
      <PixelPicture
        pixels={asDifference ? signs : painted}
        label={labelOf(empty, asDifference)}
        className={styles.picture}
      />
      <figcaption className={styles.tileCaption}>
        <span>
          <b className={styles.decoderWord}>rebuilt</b>{" "}
          {isPulled ? "from the pulled code" : "from the 64 numbers alone"}
        </span>
        <button
          type="button"
          className={styles.differenceButton}
          aria-pressed={asDifference}
          onClick={() => setAsDifference(!asDifference)}
        >
          difference
        </button>
        {asDifference && !empty && (
          <span className={styles.differenceLegend}>
            rebuilt − drawn <SignedLegend range={greatest} className={styles.legend} />
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function labelOf(empty: boolean, asDifference: boolean): string {
  if (empty) return "nothing rebuilt yet";
  return asDifference
    ? "rebuilt minus drawn: teal where it is too bright, vermilion where too dark"
    : "the digit rebuilt from its code";
}
