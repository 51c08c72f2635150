"use client";
import { Bars, exponential, fixed, Slider } from "@autoencoder/ui";
import { useState } from "react";
import styles from "./adam-figure.module.css";
import { adamSteps } from "./adam-steps.ts";

const count = 30;
/** A step that would reach the edge of the drawing; Adam's are about the learning rate, 0.001. */
const range = 0.0013;

/** One weight under Adam: the size of the gradient is yours, the size of the step hardly changes. */
export function AdamFigure() {
  const [power, setPower] = useState(-3);
  const [turning, setTurning] = useState(false);
  const size = 10 ** power;
  const gradients = Array.from({ length: count }, (_, at) => (turning && at % 2 === 1 ? -size : size));
  const steps = adamSteps(gradients).map(({ step }) => step);
  return (
    <figure data-testid="adam" className={styles.figure}>
      <Slider
        label={
          <>
            gradient: <b className="number">10 to the {fixed(power, 0)}</b>
          </>
        }
        min={-6}
        max={0}
        step={1}
        value={power}
        onChoose={setPower}
      />
      <label>
        <input type="checkbox" checked={turning} onChange={(event) => setTurning(event.target.checked)} /> it changes
        sign at every step
      </label>
      <Bars
        values={steps}
        range={range}
        width={count * 10}
        height={130}
        gap={4}
        colour="var(--latent-fill)"
        rule="var(--rule)"
        label={`The first ${count} steps of Adam`}
      />
      <figcaption aria-live="polite">
        Each bar is a step. Step 1 takes <span className="number">{fixed(steps[0] ?? 0, 6)}</span> off the weight, step{" "}
        {count} <span className="number">{fixed(steps.at(-1) ?? 0, 6)}</span>; the learning rate is 0.001. Plain
        gradient descent would take <span className="number">{exponential(size * 1e-3, 0)}</span>. Below a gradient of
        about 10 to the −5 the small constant ε = 1e−7 in Adam’s denominator takes over, and the steps die away.
      </figcaption>
    </figure>
  );
}
