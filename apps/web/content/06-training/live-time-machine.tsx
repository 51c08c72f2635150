"use client";
import {
  fixed,
  LineChart,
  linePath,
  logScale,
  logTicks,
  pageLook,
  percent,
  Slider,
  Toggle,
  ticksAt,
} from "@autoencoder/ui";
import { type CSSProperties, type PointerEvent, useState } from "react";
import styles from "./time-machine.module.css";

export interface LiveTimeMachineProps {
  /** Steps at which a snapshot was taken. */
  steps: readonly number[];
  /** The training error at each. */
  trainMse: readonly number[];
  /** Steps of one epoch. */
  epoch: number;
  /** The test images that were rebuilt, by digit. */
  indices: readonly number[];
  /** [digits][steps] MSE of each picture. */
  errors: readonly (readonly number[])[];
  /** Where the films lie: a digit's original and its snapshots side by side. */
  films: string;
  /** About how large one is. */
  kilobytes: number;
}

/** The digit that it opens on: a 2, as the chapters do. */
const first = 2;

/** One digit through the whole training: its picture at the chosen snapshot, the others as a film, and the marker on the curve. */
export function LiveTimeMachine({ steps, trainMse, epoch, indices, errors, films, kilobytes }: LiveTimeMachineProps) {
  const [digit, setDigit] = useState(first);
  const [at, setAt] = useState(steps.length - 1);
  const own = errors[digit] as readonly number[];
  const shownAt = (place: number): CSSProperties => ({
    backgroundImage: `url("${films}/${digit}.png")`,
    backgroundSize: `${(steps.length + 1) * 100}% 100%`,
    backgroundPosition: `${(place / steps.length) * 100}% 0`,
  });
  const when = momentName(steps[at] as number, epoch);
  const mse = fixed(own[at] as number, 5);
  const firstEpoch = fallOfFirstEpoch(steps.indexOf(epoch), trainMse);
  return (
    <figure className={`wide ${styles.machine}`} data-figure="time-machine">
      <Toggle label="Digit" options={[...indices.keys()]} value={digit} onChoose={setDigit} className={styles.digits} />
      <div className={styles.moment}>
        <div>
          <span className={styles.picture} style={shownAt(0)} role="img" aria-label={`test digit ${indices[digit]}`} />
          <small>seen</small>
        </div>
        <div>
          <span className={styles.picture} style={shownAt(at + 1)} role="img" aria-label={`rebuilt at ${when}`} />
          <small>rebuilt</small>
        </div>
        <MomentCurve steps={steps} lines={[trainMse, own]} at={at} onMove={setAt} />
      </div>
      <p className={styles.readout} aria-live="polite" data-part="moment">
        <b>{when}</b>: <span className={styles.ownWord}>this digit’s MSE {mse}</span> ·{" "}
        <span className={styles.trainWord}>2,000 training pictures {fixed(trainMse[at] as number, 5)}</span>
      </p>
      <Slider
        min={0}
        max={steps.length - 1}
        step={1}
        value={at}
        aria-label="Snapshot of the training"
        aria-valuetext={`${when}, MSE ${mse}`}
        onChoose={setAt}
      />
      <Film steps={steps} epoch={epoch} at={at} shownAt={shownAt} onMove={setAt} />
      <figcaption>
        Under each picture the optimizer’s steps so far, or the epoch at whose end it was taken. Steps and errors stand
        on logarithmic scales{firstEpoch}. Drag on the curve, or take a picture. Another digit’s film is about{" "}
        {kilobytes} kB.
      </figcaption>
    </figure>
  );
}

interface FilmProps {
  steps: readonly number[];
  epoch: number;
  at: number;
  /** The part of the digit's film at a place; 0 is the original. */
  shownAt: (place: number) => CSSProperties;
  onMove: (at: number) => void;
}

/** All snapshots of the digit as small pictures; each is a button that goes there. */
function Film({ steps, epoch, at, shownAt, onMove }: FilmProps) {
  return (
    <ol className={styles.film}>
      {steps.map((step, place) => (
        <li key={step} data-first-epoch={step === epoch}>
          <button type="button" aria-pressed={place === at} onClick={() => onMove(place)}>
            <span className={styles.picture} style={shownAt(place + 1)} aria-hidden="true" />
            <span className="visually-hidden">{momentName(step, epoch)}</span>
            <small aria-hidden="true">{step % epoch === 0 && step > 0 ? `ep. ${step / epoch}` : step}</small>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Which part of the whole fall of the training error the first epoch brought, on the logarithmic scale. */
function fallOfFirstEpoch(end: number, trainMse: readonly number[]): string {
  const fall = (to: number) => Math.log((trainMse[0] as number) / to);
  const share = fall(trainMse[end] as number) / fall(trainMse.at(-1) as number);
  return share > 0 && share < 1 ? `, on which the first epoch brings ${percent(share, 0)} of the fall` : "";
}

/** When a snapshot was taken, in words. */
function momentName(step: number, epoch: number): string {
  if (step === 0) return "before the first step";
  return step % epoch === 0 ? `end of epoch ${step / epoch}` : `step ${step}`;
}

/** Of the training error, and of the digit's own. */
const colours = ["var(--encoder)", "var(--latent)"] as const;

interface MomentCurveProps {
  steps: readonly number[];
  /** The training error, and the digit's own. */
  lines: readonly [readonly number[], readonly number[]];
  at: number;
  onMove: (at: number) => void;
}

const size = { width: 400, height: 224, left: 66, right: 0, top: 0, bottom: 46 };

/** Errors by step with a marker at the chosen one; both scales are logarithmic. */
function MomentCurve({ steps, lines, at, onMove }: MomentCurveProps) {
  const errors = lines.flat().filter((value) => value > 0);
  const range = [Math.min(...errors), Math.max(...errors)] as const;
  const y = logScale(range, [size.height - size.bottom - 6, 8]);
  const most = Math.log1p(steps.at(-1) as number) || 1;
  // Step 0 has a place of its own, so not the step but the step after it is taken by its logarithm.
  const x = (step: number) => size.left + (Math.log1p(step) / most) * (size.width - size.left - 8);
  const path = linePath<number>((_, place) => x(steps[place] as number), y);
  const choose = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * size.width;
    const off = (index: number) => Math.abs(x(steps[index] as number) - place);
    onMove(steps.reduce((best, _, index) => (off(index) < off(best) ? index : best), 0));
  };
  const shown = [0, 10, 100, 1000].filter((step) => step <= (steps.at(-1) as number));
  const marked = x(steps[at] as number);
  return (
    <LineChart
      size={size}
      look={pageLook}
      x={{ ticks: ticksAt(shown, x), name: "step of the optimizer" }}
      y={{ ticks: ticksAt(logTicks(range), y), name: "mean squared error" }}
      marker={marked}
      lines={lines.map((line, index) => ({
        name: index === 0 ? "training" : "digit",
        path: path(line) ?? "",
        colour: colours[index] as string,
        width: index === 0 ? 2.25 : 1.75,
      }))}
      dots={lines.map((line, index) => ({
        x: marked,
        y: y(line[at] as number),
        radius: 5,
        colour: colours[index] as string,
      }))}
      svg={{ className: styles.curve, onPointerDown: choose, onPointerMove: choose }}
    />
  );
}
