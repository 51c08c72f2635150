"use client";
import { fixed, LineChart, linearScale, linePath, pageLook, Slider, ticksAt } from "@autoencoder/ui";
import { spreadLabels } from "@autoencoder/ui/charts";
import { useState } from "react";
import styles from "./adam-figure.module.css";
import { adamSteps } from "./adam-steps.ts";

const count = 30;
const learningRate = 1e-3;

/** One weight, moved by Adam and by plain gradient descent: the gradient is yours, and Adam's way hardly changes. */
export function AdamFigure() {
  const [power, setPower] = useState(-3);
  const [turning, setTurning] = useState(false);
  const size = 10 ** power;
  const gradients = Array.from({ length: count }, (_, at) => (turning && at % 2 === 1 ? -size : size));
  const steps = adamSteps(gradients, learningRate).map(({ step }) => step);
  const gradient = fixed(size, -power);
  const [first, last] = [fixed(steps[0] ?? 0, 6), fixed(steps.at(-1) ?? 0, 6)];
  return (
    <figure data-testid="adam" className={styles.figure}>
      <Slider
        label={
          <>
            gradient: <b className="number">{gradient}</b>
          </>
        }
        min={-6}
        max={0}
        step={1}
        value={power}
        aria-valuetext={gradient}
        onChoose={setPower}
      />
      <label>
        <input type="checkbox" checked={turning} onChange={(event) => setTurning(event.target.checked)} /> it changes
        sign at every step
      </label>
      <WayChart adam={wayOf(steps)} plain={wayOf(gradients.map((gradient) => learningRate * gradient))} />
      <figcaption aria-live="polite">
        The learning rate is {learningRate} for both. Adam’s first step is{" "}
        <b className="number" data-part="first-step">
          {first}
        </b>{" "}
        and its last{" "}
        <b className="number" data-part="last-step">
          {last}
        </b>
        . A step of plain gradient descent is <span className="number">{fixed(size * learningRate, 3 - power)}</span>.
        {power === -6 &&
          " A gradient this small is near the ε of Adam’s formula, 0.0000001, and its steps are shorter."}
      </figcaption>
    </figure>
  );
}

/** How far a weight has moved after each step, from before the first. */
function wayOf(steps: readonly number[]): number[] {
  let moved = 0;
  return [0, ...steps.map((step) => (moved += step))];
}

const size = { width: 400, height: 230, left: 58, right: 74, top: 12, bottom: 48 };

/** Two ways of one weight by step. */
function WayChart({ adam, plain }: { adam: readonly number[]; plain: readonly number[] }) {
  const x = linearScale([0, count], [size.left, size.width - size.right]);
  const y = linearScale([0, 1.05 * count * learningRate], [size.height - size.bottom, size.top]);
  const path = linePath<number>((_, at) => x(at), y);
  const colours = { adam: "var(--latent)", plain: "var(--ink-soft)" };
  const labelOf = (text: string, colour: string, way: readonly number[]) => ({
    text,
    colour,
    weight: 600,
    x: size.width - size.right + 6,
    y: y(way.at(-1) as number) + 4,
  });
  return (
    <LineChart
      size={size}
      look={pageLook}
      label={`After ${count} steps Adam has moved the weight by ${fixed(adam.at(-1) as number, 5)}, plain gradient descent by ${fixed(plain.at(-1) as number, 5)}`}
      x={{ ticks: ticksAt([0, 10, 20, 30], x), name: "step" }}
      y={{ ticks: ticksAt([0, 0.01, 0.02, 0.03], y), name: "weight moved by" }}
      lines={[
        { name: "plain", path: path(plain) ?? "", colour: colours.plain, width: 2, dashes: "5 4" },
        { name: "adam", path: path(adam) ?? "", colour: colours.adam, width: 2.5 },
      ]}
      labels={spreadLabels([labelOf("Adam", colours.adam, adam), labelOf("plain", colours.plain, plain)])}
    />
  );
}
