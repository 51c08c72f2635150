import { mnistChecksums } from "@autoencoder/data";
import { useMemo } from "react";
import { fetchBytes } from "../../shared/fetch-numbers.ts";
import { attempt } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import type { Frame } from "../../training/messages.ts";
import { pageImages, planeDigits } from "../../training/settings.ts";
import styles from "./train.module.css";

const size = 320;
const margin = 14;

/** The codes of 300 validation digits where the network has a code of two numbers: each digit stands where its code is. */
export function Plane({ frames, step }: { frames: readonly Frame[]; step: number }) {
  const { value: labels, result } = useAsk(askLabels);
  const frame = frames.findLast((one) => one.plane && one.step <= step) ?? frames.find((one) => one.plane);
  const points = frame?.plane;
  const bounds = useMemo(() => points && boundsOf(points), [points]);
  if (result && !result.ok) return <p role="alert">The digits’ classes did not load: {result.problem.sentence}.</p>;
  if (!frame || !points || !bounds || !labels)
    return <p className={styles.note}>The plane appears with the first steps.</p>;
  const place = (at: number, axis: 0 | 1) => {
    const { low, high } = bounds[axis];
    return margin + (((points[2 * at + axis] as number) - low) / (high - low || 1)) * (size - 2 * margin);
  };
  return (
    <figure className={styles.plane} data-testid="plane" data-step={frame.step}>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={`The codes of ${planeDigits} digits after step ${frame.step}, from ${short(bounds[0].low)} to ${short(bounds[0].high)} and from ${short(bounds[1].low)} to ${short(bounds[1].high)}`}
      >
        {Array.from(labels, (label, at) => (
          <text key={at} x={place(at, 0)} y={size - place(at, 1)} data-class={label}>
            {label}
          </text>
        ))}
      </svg>
      <figcaption>
        Each of {planeDigits} validation digits at its code after step {frame.step}. The first number goes from{" "}
        {short(bounds[0].low)} to {short(bounds[0].high)}, the second from {short(bounds[1].low)} to{" "}
        {short(bounds[1].high)}. The network does not know the classes.
      </figcaption>
    </figure>
  );
}

function askLabels() {
  const { train } = pageImages;
  const address = `/data/${mnistChecksums["train-images-idx3-ubyte"]}/train/${train}-${train + planeDigits}/labels`;
  return attempt(() => fetchBytes(address));
}

function boundsOf(points: Float32Array) {
  const axis = (of: 0 | 1) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = of; at < points.length; at += 2) {
      low = Math.min(low, points[at] as number);
      high = Math.max(high, points[at] as number);
    }
    return { low, high };
  };
  return [axis(0), axis(1)] as const;
}

function short(value: number): string {
  return String(Number(value.toPrecision(2))).replace("-", "−");
}
