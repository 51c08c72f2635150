"use client";
import { mapLayersOf } from "@autoencoder/model";
import { PixelPicture, SignedLegend, StripFigure, signedDifference, signedPixels } from "@autoencoder/ui";
import { type ReactNode, useMemo } from "react";
import { pixelCount } from "../../shared/pixels.ts";
import { DigitPicker } from "../digit/digit-picker.tsx";
import { type DigitOrigin, digitPicture, type RebuiltDigit } from "../digit/digits.ts";
import { DrawingArea } from "../digit/drawing-area.tsx";
import type { LiveData } from "../digit/live-data.ts";
import { Restarted } from "../digit/restarted.tsx";
import { useDigitChoice } from "../digit/use-digit-choice.ts";
import { useLiveDigit } from "../digit/use-live-digit.ts";
import { useTestDigits } from "../digit/use-test-digits.ts";
import { useVerification } from "../digit/use-verification.ts";
import { CodeFigure, CodeTable } from "./code-figure.tsx";
import { ErrorReadout } from "./error-readout.tsx";
import styles from "./home.module.css";
import { LiveLine } from "./live-line.tsx";

export interface HomeFigureProps {
  data: LiveData;
  /** Which run this is, in words, with its disclosure. */
  run: ReactNode;
}

/** Draw a digit, or take a test digit: what the network sees, its code, what it rebuilds, and how far off that is. */
export function HomeFigure({ data, run }: HomeFigureProps) {
  const live = useLiveDigit(data);
  const { digit } = live;
  const pictures = useTestDigits(data);
  const choice = useDigitChoice(data, live, { pictures, mayBeEmpty: true });
  const { drawing, current, problem } = choice;
  const verification = useVerification(live.client, live.state.kind, { samples: data.samples, pictures });
  const layers = useMemo(() => mapLayersOf(data.network.spec), [data.network.spec]);

  return (
    <div className={styles.figure}>
      <Results digit={digit} />
      <ErrorReadout digit={digit} />
      <CodeFigure latent={digit?.latent} count={live.recorded.latent.length} />
      <div className={styles.problems}>
        {live.state.kind === "failed" && (
          <Notice sentence={live.state.problem.sentence} onAgain={live.connect}>
            The pictures are the trainer’s own.
          </Notice>
        )}
        {problem && <Notice sentence={problem} />}
        <Restarted client={live.client} />
      </div>
      <div className={styles.drawing}>
        <DrawingArea choice={choice} />
        <p className={styles.padCaption} data-part="pad-caption" data-drawn={digit?.origin !== undefined}>
          {padCaption(digit?.origin, drawing.strokes.length > 0)}
        </p>
      </div>
      <DigitPicker classes={data.classes} current={current?.label} onPick={choice.pick} />
      <div className={styles.strip}>
        <StripFigure
          layers={layers}
          image={`${data.drawn}/strip.png`}
          activations={digit?.activations?.values}
          latent={digit?.latent}
          href={({ name }) => `/viewer?layer=${name}`}
        />
      </div>
      <LiveLine state={live.state.kind} milliseconds={live.milliseconds} verification={verification}>
        {run}
      </LiveLine>
      <CodeTable latent={digit?.latent} />
    </div>
  );
}

/** What does not work, in a line above the pad. */
function Notice({ sentence, onAgain, children }: { sentence: string; onAgain?: () => void; children?: ReactNode }) {
  return (
    <div className={`notice ${styles.problem}`} role="alert">
      <p>
        {sentence} {children}{" "}
        {onAgain && (
          <button type="button" onClick={onAgain}>
            Try again
          </button>
        )}
      </p>
    </div>
  );
}

function padCaption(origin: DigitOrigin | undefined, drawing: boolean): string {
  if (drawing) return "Before. Seen is after: centred and scaled as MNIST was.";
  if (!origin) return "Nothing drawn yet: draw, or take a test digit.";
  return origin.kind === "drawn" ? "Your digit, as the network sees it. Draw over it." : "A test digit. Draw over it.";
}

function originText(origin: DigitOrigin | undefined): string {
  if (!origin) return "";
  return origin.kind === "drawn" ? "yours, as MNIST" : `test image ${origin.index}`;
}

const blank = new Float32Array(pixelCount);

/** The three pictures: seen, rebuilt, and their signed difference with its scale. */
function Results({ digit }: { digit: RebuiltDigit | undefined }) {
  const { pixels, reconstruction } = digit ?? { pixels: blank, reconstruction: blank };
  const seen = useMemo(() => digitPicture(pixels), [pixels]);
  const rebuilt = useMemo(() => digitPicture(reconstruction), [reconstruction]);
  const { difference, greatest } = useMemo(() => signedDifference(pixels, reconstruction), [pixels, reconstruction]);
  const signs = useMemo(() => signedPixels(difference, Math.sqrt(difference.length), greatest), [difference, greatest]);
  const empty = digit === undefined;
  return (
    <>
      <figure className={`${styles.result} ${styles.seen}`} data-empty={empty}>
        <PixelPicture
          pixels={seen}
          label={empty ? "no digit yet" : "the digit that the network sees"}
          className={styles.picture}
        />
        <figcaption className={styles.tileCaption}>
          <b className={styles.encoderWord}>seen</b>
          <span>{originText(digit?.origin)}</span>
        </figcaption>
      </figure>
      <figure className={`${styles.result} ${styles.rebuilt}`} data-empty={empty}>
        <PixelPicture
          pixels={rebuilt}
          label={empty ? "nothing rebuilt yet" : "the digit rebuilt from its code"}
          className={styles.picture}
        />
        <figcaption className={styles.tileCaption}>
          <b className={styles.decoderWord}>rebuilt</b>
          <span>{empty ? "" : "from its code"}</span>
        </figcaption>
      </figure>
      <figure className={`${styles.result} ${styles.difference}`} data-empty={empty}>
        <PixelPicture
          pixels={signs}
          label={
            empty ? "no difference yet" : "rebuilt minus seen: teal where it is too bright, vermilion where too dark"
          }
          className={styles.picture}
        />
        <figcaption className={styles.tileCaption}>
          <b>difference</b>
          {empty ? <span /> : <SignedLegend range={greatest} className={styles.legend} />}
        </figcaption>
      </figure>
    </>
  );
}
