"use client";
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
  const frame = (place: number): CSSProperties => ({
    backgroundImage: `url("${films}/${digit}.png")`,
    backgroundSize: `${(steps.length + 1) * 100}% 100%`,
    backgroundPosition: `${(place / steps.length) * 100}% 0`,
  });
  const when = momentName(steps[at] as number, epoch);
  const mse = (own[at] as number).toFixed(5);
  const firstEpoch = fallOfFirstEpoch(steps.indexOf(epoch), trainMse);
  return (
    <figure className={`wide ${styles.machine}`} data-figure="time-machine">
      <fieldset className={`segmented ${styles.digits}`} aria-label="Digit">
        {indices.map((index, label) => (
          <button key={index} type="button" aria-pressed={label === digit} onClick={() => setDigit(label)}>
            {label}
          </button>
        ))}
      </fieldset>
      <div className={styles.stage}>
        <div>
          <span className={styles.picture} style={frame(0)} role="img" aria-label={`test digit ${indices[digit]}`} />
          <small>seen</small>
        </div>
        <div>
          <span className={styles.picture} style={frame(at + 1)} role="img" aria-label={`rebuilt at ${when}`} />
          <small>rebuilt</small>
        </div>
        <MomentCurve steps={steps} lines={[trainMse, own]} at={at} onMove={setAt} />
      </div>
      <p className={styles.readout} aria-live="polite" data-part="moment">
        <b>{when}</b>: <span className={styles.ownWord}>this digit’s MSE {mse}</span> ·{" "}
        <span className="word-train">2,000 training pictures {(trainMse[at] as number).toFixed(5)}</span>
      </p>
      <input
        type="range"
        min={0}
        max={steps.length - 1}
        step={1}
        value={at}
        aria-label="Snapshot of the training"
        aria-valuetext={`${when}, MSE ${mse}`}
        onChange={(event) => setAt(Number(event.target.value))}
      />
      <Film steps={steps} epoch={epoch} at={at} frame={frame} onMove={setAt} />
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
  frame: (place: number) => CSSProperties;
  onMove: (at: number) => void;
}

/** All snapshots of the digit as small pictures; each is a button that goes there. */
function Film({ steps, epoch, at, frame, onMove }: FilmProps) {
  return (
    <ol className={styles.film}>
      {steps.map((step, place) => (
        <li key={step}>
          <button type="button" aria-pressed={place === at} onClick={() => onMove(place)}>
            <span className={styles.frame} style={frame(place + 1)} aria-hidden="true" />
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
  return share > 0 && share < 1 ? `, on which the first epoch brings ${(share * 100).toFixed(0)} % of the fall` : "";
}

/** When a snapshot was taken, in words. */
function momentName(step: number, epoch: number): string {
  if (step === 0) return "before the first step";
  return step % epoch === 0 ? `end of epoch ${step / epoch}` : `step ${step}`;
}

interface MomentCurveProps {
  steps: readonly number[];
  /** The training error, and the digit's own. */
  lines: readonly [readonly number[], readonly number[]];
  at: number;
  onMove: (at: number) => void;
}

const [width, height, left, bottom] = [400, 200, 48, 22];

/** Errors by step with a marker at the chosen one; both scales are logarithmic. */
function MomentCurve({ steps, lines, at, onMove }: MomentCurveProps) {
  const all = lines.flat().filter((value) => value > 0);
  const [low, high] = [Math.log(Math.min(...all)), Math.log(Math.max(...all))];
  const most = Math.log1p(steps.at(-1) as number) || 1;
  // Rounded: server and browser take logarithms that differ in the last bit.
  const x = (step: number) => Math.round((left + (Math.log1p(step) / most) * (width - left - 8)) * 10) / 10;
  const y = (value: number) =>
    Math.round((8 + ((high - Math.log(value)) / (high - low || 1)) * (height - bottom - 16)) * 10) / 10;
  const path = (line: readonly number[]) =>
    line.map((value, place) => `${place ? "L" : "M"}${x(steps[place] as number)} ${y(value)}`);
  const choose = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * width;
    const off = (index: number) => Math.abs(x(steps[index] as number) - place);
    onMove(steps.reduce((best, _, index) => (off(index) < off(best) ? index : best), 0));
  };
  const isShown = (step: number) => step <= (steps.at(-1) as number);
  const ticks = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001].filter(
    (value) => Math.log(value) >= low && Math.log(value) <= high,
  );
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={styles.curve}
      aria-hidden="true"
      onPointerDown={choose}
      onPointerMove={choose}
    >
      {ticks.map((value) => (
        <g key={value}>
          <line className="curve-grid" x1={left} x2={width} y1={y(value)} y2={y(value)} />
          <text className="curve-text" x={left - 6} y={y(value) + 4} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      {[0, 10, 100, 1000].filter(isShown).map((step) => (
        <text key={step} className="curve-text" x={x(step)} y={height - 4} textAnchor="middle">
          {step}
        </text>
      ))}
      <path className="curve-train" d={path(lines[0]).join("")} />
      <path className={styles.own} d={path(lines[1]).join("")} />
      <line
        className="curve-cursor"
        x1={x(steps[at] as number)}
        x2={x(steps[at] as number)}
        y1={0}
        y2={height - bottom}
      />
      <circle className="dot-train" cx={x(steps[at] as number)} cy={y(lines[0][at] as number)} r={5} />
      <circle className={styles.ownDot} cx={x(steps[at] as number)} cy={y(lines[1][at] as number)} r={5} />
    </svg>
  );
}
