"use client";
import { useState } from "react";
import { adamSteps } from "./adam-steps.ts";

const count = 30;

/** One weight under Adam: the size of the gradient is yours, the size of the step hardly changes. */
export function AdamFigure() {
  const [power, setPower] = useState(-3);
  const [turning, setTurning] = useState(false);
  const size = 10 ** power;
  const steps = adamSteps(Array.from({ length: count }, (_, at) => (turning && at % 2 === 1 ? -size : size)));
  const first = steps[0]?.step ?? 0;
  const last = steps.at(-1)?.step ?? 0;
  const tall = 60;
  const scale = (step: number) => (step / 0.0012) * tall;
  return (
    <figure className="adam-figure">
      <label>
        gradient: <b className="number">10 to the {power.toString().replace("-", "−")}</b>
        <input
          type="range"
          min={-6}
          max={0}
          step={1}
          value={power}
          onChange={(event) => setPower(Number(event.target.value))}
        />
      </label>
      <label>
        <input type="checkbox" checked={turning} onChange={(event) => setTurning(event.target.checked)} /> it changes
        sign at every step
      </label>
      <svg viewBox={`0 0 ${count * 10} ${2 * tall + 10}`} role="img" aria-label={`The first ${count} steps of Adam`}>
        <line x1={0} x2={count * 10} y1={tall + 5} y2={tall + 5} className="curve-grid" />
        {steps.map(({ step }, at) => (
          <rect
            key={at}
            x={at * 10 + 2}
            width={6}
            y={tall + 5 - Math.max(0, scale(step))}
            height={Math.max(0.5, Math.abs(scale(step)))}
            className="adam-step"
          />
        ))}
      </svg>
      <figcaption aria-live="polite">
        Each bar is a step. Step 1 takes <span className="number">{first.toFixed(6)}</span> off the weight, step {count}{" "}
        <span className="number">{last.toFixed(6).replace("-", "−")}</span>; the learning rate is 0.001. Plain gradient
        descent would take <span className="number">{(size * 1e-3).toExponential(0).replace("-", "−")}</span>. Below a
        gradient of about 10 to the −5 the small constant ε = 1e−7 in Adam’s denominator takes over, and the steps die
        away.
      </figcaption>
    </figure>
  );
}
