import { mnistChecksums } from "@autoencoder/data";
import { greyPixels, PixelPicture } from "@autoencoder/ui";
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from "react";
import { fetchBytes } from "../../shared/fetch-numbers.ts";
import { attempt } from "../../shared/result.ts";
import { useAsk } from "../../shared/use-ask.ts";
import type { Decoded, Frame } from "../../training/messages.ts";
import { picturesOf, planeDigits, type TrainingSettings } from "../../training/settings.ts";
import styles from "./train.module.css";

const size = 320;
const margin = 14;

export interface PlaneProps {
  frames: readonly Frame[];
  step: number;
  settings: TrainingSettings;
  /** What the decoder paints at the place that is pointed at. */
  decoded: Decoded | undefined;
  /** Asks for the picture of a code. */
  onPoint: (code: number[]) => void;
}

/**
 * The codes of 300 validation digits where the network has a code of two numbers: each digit stands where its code is. Every
 * other place is a code as well, and the decoder as it is now paints its picture.
 */
export function Plane({ frames, step, settings, decoded, onPoint }: PlaneProps) {
  const [aim, setAim] = useState<readonly [number, number]>([0.5, 0.5]);
  const { train } = picturesOf(settings);
  const { value: labels, result } = useAsk(useCallback(() => labelsFrom(train), [train]));
  const frame = frames.findLast((one) => one.plane && one.step <= step) ?? frames.find((one) => one.plane);
  const points = frame?.plane;
  const bounds = useMemo(() => points && boundsOf(points), [points]);
  const ask = useEffectEvent(onPoint);
  // The same place again while the training goes on: its picture changes, and so does its code as the plane grows.
  useEffect(() => {
    if (bounds) ask(codeAt(bounds, aim));
  }, [bounds, aim]);
  if (result && !result.ok) return <p role="alert">The digits’ classes did not load: {result.problem.sentence}.</p>;
  if (!frame || !points || !bounds || !labels)
    return <p className={styles.note}>The plane appears with the first steps.</p>;
  const place = (at: number, axis: 0 | 1) => {
    const { low, high } = bounds[axis];
    return margin + (((points[2 * at + axis] as number) - low) / (high - low || 1)) * (size - 2 * margin);
  };
  const point = (event: PointerEvent<SVGSVGElement>) => {
    if (event.pointerType !== "mouse" && event.type === "pointermove" && event.buttons === 0) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const part = (from: number, length: number) => ((from / length) * size - margin) / (size - 2 * margin);
    setAim([within(part(event.clientX - left, width)), within(1 - part(event.clientY - top, height))]);
  };
  const press = (event: KeyboardEvent) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!move) return;
    event.preventDefault();
    setAim(([x, y]) => [within(x + (move[0] as number) * stride), within(y + (move[1] as number) * stride)]);
  };
  const spot = { x: margin + aim[0] * (size - 2 * margin), y: size - margin - aim[1] * (size - 2 * margin) };
  return (
    <figure className={styles.plane} data-testid="plane" data-step={frame.step}>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a plane that keys move over must take the focus
        tabIndex={0}
        onPointerDown={point}
        onPointerMove={point}
        onKeyDown={press}
        aria-label={`The codes of ${planeDigits} digits after step ${frame.step}, from ${short(bounds[0].low)} to ${short(bounds[0].high)} and from ${short(bounds[1].low)} to ${short(bounds[1].high)}`}
      >
        {Array.from(labels, (label, at) => (
          <text key={at} x={place(at, 0)} y={size - place(at, 1)} data-class={label}>
            {label}
          </text>
        ))}
        <circle cx={spot.x} cy={spot.y} r="7" />
      </svg>
      {decoded && (
        <p className={styles.painted} data-part="painted">
          <PixelPicture
            pixels={greyPixels(decoded.picture)}
            label={`what the decoder paints from ${decoded.code.map(short).join(" and ")} after step ${decoded.step}`}
          />
          <span>
            What the decoder paints from <b className="number">{decoded.code.map(short).join(", ")}</b>: point anywhere,
            or move the ring with the arrow keys.
          </span>
        </p>
      )}
      <figcaption>
        Each of {planeDigits} validation digits at its code after step {frame.step}. The first number goes from{" "}
        {short(bounds[0].low)} to {short(bounds[0].high)}, the second from {short(bounds[1].low)} to{" "}
        {short(bounds[1].high)}. The network does not know the classes.
      </figcaption>
    </figure>
  );
}

function labelsFrom(train: number) {
  const address = `/data/${mnistChecksums["train-images-idx3-ubyte"]}/train/${train}-${train + planeDigits}/labels`;
  return attempt(() => fetchBytes(address));
}

type Bounds = ReturnType<typeof boundsOf>;

/** How far an arrow key moves the ring, as a part of the plane. */
const stride = 0.04;

function within(part: number): number {
  return Math.max(0, Math.min(1, part));
}

/** The code at a place of the plane. @param aim parts of its width from the left, and of its height from below */
function codeAt(bounds: Bounds, aim: readonly [number, number]): number[] {
  return aim.map((part, axis) => {
    const { low, high } = bounds[axis as 0 | 1];
    return low + part * (high - low);
  });
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
