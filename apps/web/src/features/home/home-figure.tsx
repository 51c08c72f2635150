"use client";
import { countParameters, countValues, mapLayersOf } from "@autoencoder/model";
import { PixelPicture, StripCaption, StripFigure } from "@autoencoder/ui";
import { type ReactNode, useMemo, useRef } from "react";
import { pixelCount } from "../../shared/pixels.ts";
import { DigitPicker } from "../digit/digit-picker.tsx";
import { type DigitOrigin, digitPicture } from "../digit/digits.ts";
import { DrawingArea } from "../digit/drawing-area.tsx";
import { decodeFloats } from "../digit/encoding.ts";
import type { LiveData } from "../digit/live-data.ts";
import { Restarted } from "../digit/restarted.tsx";
import { useDigitChoice } from "../digit/use-digit-choice.ts";
import { useLiveDigit } from "../digit/use-live-digit.ts";
import { useTestDigits } from "../digit/use-test-digits.ts";
import { useVerification } from "../digit/use-verification.ts";
import { Stage } from "../layers/lazy.ts";
import { CodeFigure } from "./code-figure.tsx";
import { CodeTable } from "./code-table.tsx";
import { CodeTiles } from "./code-tiles.tsx";
import { ErrorReadout } from "./error-readout.tsx";
import styles from "./home.module.css";
import type { HomeCodes } from "./home-codes.ts";
import { LiveLine } from "./live-line.tsx";
import { NetworkHalf } from "./network-half.tsx";
import { RebuiltPicture } from "./rebuilt-picture.tsx";
import { Towards } from "./towards.tsx";
import { useHeaderDigitHidden } from "./use-header-digit-hidden.ts";
import { usePulledCode } from "./use-pulled-code.ts";

export interface HomeFigureProps {
  data: LiveData;
  codes: HomeCodes;
  /** What to do first. */
  start: ReactNode;
  /** Which run this is, in words, with its disclosure. */
  run: ReactNode;
}

/** Draw a digit, pull a number of its code, and see what the decoder paints. */
export function HomeFigure({ data, codes, start, run }: HomeFigureProps) {
  const live = useLiveDigit(data);
  const { digit, recorded } = live;
  const pictures = useTestDigits(data);
  const choice = useDigitChoice(data, live, { pictures, mayBeEmpty: true });
  const { drawing, current, problem } = choice;
  const ends = useMemo(() => ({ low: decodeFloats(codes.low), high: decodeFloats(codes.high) }), [codes]);
  const destinations = useMemo(
    () => codes.destinations.map(({ label, latent }) => ({ label, latent: decodeFloats(latent) })),
    [codes],
  );
  const pulled = usePulledCode(live, ends);
  const verification = useVerification(live.client, live.state.kind, { samples: data.samples, pictures });
  const { spec } = data.network;
  const layers = useMemo(() => mapLayersOf(spec), [spec]);
  const nothing = useMemo(() => new Float32Array(countValues(layers)), [layers]);
  const count = recorded.latent.length;
  const pad = useRef<HTMLDivElement>(null);
  useHeaderDigitHidden(pad);

  return (
    <div className={styles.figure} data-part="home-figure">
      <div className={styles.start}>{start}</div>
      <div className={styles.encoderColumn}>
        <SeenPicture pixels={digit?.pixels} origin={digit?.origin} />
        <NetworkHalf
          part="encoder"
          layers={layers.filter(({ part }) => part === "encoder")}
          parameters={countParameters(spec.encoder)}
        />
      </div>
      <div className={styles.codeTiles}>
        <CodeTiles code={pulled.code} count={count} />
        <p>
          <b className={styles.latentWord}>{count} numbers</b>
        </p>
      </div>
      <NetworkHalf
        part="decoder"
        layers={layers.filter(({ part }) => part === "decoder")}
        parameters={countParameters(spec.decoder)}
      />
      <RebuiltPicture pixels={digit?.pixels} reconstruction={pulled.reconstruction} isPulled={pulled.isPulled} />
      <div className={styles.problems}>
        {live.state.kind === "failed" && (
          <Notice sentence={live.state.problem.sentence} onAgain={live.connect}>
            The pictures are the trainer’s own.
          </Notice>
        )}
        {problem && <Notice sentence={problem} />}
        {pulled.problem && <Notice sentence={pulled.problem} />}
        <Restarted client={live.client} />
      </div>
      <div className={styles.drawing} ref={pad}>
        <DrawingArea choice={choice} />
        <p className={styles.padCaption} data-part="pad-caption" data-drawn={digit?.origin !== undefined}>
          {padCaption(digit?.origin, drawing.strokes.length > 0)}
        </p>
      </div>
      <div className={styles.codeColumn}>
        <CodeFigure latent={digit?.latent} count={count} ends={ends} pulled={pulled} />
        <Towards
          destinations={destinations}
          own={current?.label}
          pulled={pulled}
          ready={live.state.kind === "live" && digit !== undefined}
        />
        <ErrorReadout pixels={digit?.pixels} reconstruction={pulled.reconstruction} />
      </div>
      <DigitPicker classes={data.classes} current={current?.label} onPick={choice.pick} />
      <div className={styles.strip}>
        <StripFigure
          layers={layers}
          drawn={data.drawn}
          activations={digit ? pulled.numbers : nothing}
          latent={pulled.code}
          digit={digit?.pixels}
          href={({ name }) => `/viewer?layer=${name}`}
          stage={(layer) => (
            <Stage
              layers={layers}
              layer={layer}
              drawn={data.drawn}
              activations={digit ? pulled.numbers : nothing}
              origin={digit?.origin}
            />
          )}
        >
          <StripCaption layers={layers} />
        </StripFigure>
      </div>
      <CodeTable code={pulled.code} />
      <LiveLine state={live.state.kind} milliseconds={live.milliseconds} verification={verification}>
        {run}
      </LiveLine>
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
  if (drawing) return "As you draw it. The network gets it centred and scaled, as MNIST’s digits are.";
  if (!origin) return "Nothing is drawn. Draw a digit, or take a test digit below.";
  return origin.kind === "drawn"
    ? "Your digit, as the network gets it. Draw to begin anew."
    : "A test digit. Draw your own over it.";
}

const blank = new Float32Array(pixelCount);

/** The digit as the network gets it. */
function SeenPicture({ pixels, origin }: { pixels: Float32Array | undefined; origin: DigitOrigin | undefined }) {
  const seen = useMemo(() => digitPicture(pixels ?? blank), [pixels]);
  return (
    <figure className={`${styles.result} ${styles.seen}`} data-empty={!pixels}>
      <PixelPicture
        pixels={seen}
        label={pixels ? "the digit that the network sees" : "no digit yet"}
        className={styles.picture}
      />
      <figcaption className={styles.tileCaption}>
        <b className={styles.encoderWord}>seen</b>
        <span>{origin?.kind === "test" ? `test image ${origin.index}` : origin && "centred, scaled"}</span>
      </figcaption>
    </figure>
  );
}
