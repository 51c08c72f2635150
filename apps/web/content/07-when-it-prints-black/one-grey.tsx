"use client";
import { useState } from "react";

export interface OneGreyProps {
  /** Mean of the pixels, and of their squares. */
  mean: number;
  meanSquare: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** A network that prints one grey, whatever it sees: its loss as a function of the output bias. */
export function OneGrey({ mean, meanSquare }: OneGreyProps) {
  const [bias, setBias] = useState(0);
  const loss = (b: number) => meanSquare - 2 * sigmoid(b) * mean + sigmoid(b) ** 2;
  const slope = (b: number) => 2 * (sigmoid(b) - mean) * sigmoid(b) * (1 - sigmoid(b));
  const [low, high, width, height] = [-8, 2, 400, 160];
  const x = (b: number) => ((b - low) / (high - low)) * width;
  const y = (value: number) => height - (value / 0.5) * height;
  const points = Array.from({ length: 101 }, (_, at) => low + (at / 100) * (high - low));
  const path = points.map((b, at) => `${at ? "L" : "M"}${x(b).toFixed(1)} ${y(loss(b)).toFixed(1)}`).join("");
  const grey = sigmoid(bias);
  return (
    <figure className="one-grey">
      <label>
        output bias: <b className="number">{bias.toFixed(3).replace("-", "−")}</b>
        <input
          type="range"
          min={low}
          max={high}
          step={0.005}
          value={bias}
          onChange={(event) => setBias(Number(event.target.value))}
        />
      </label>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label="The loss of one grey by the output bias">
        <path d={path} className="one-grey-curve" />
        <circle cx={x(bias)} cy={y(loss(bias))} r={6} className="one-grey-point" />
      </svg>
      <figcaption aria-live="polite">
        <span
          className="one-grey-picture"
          style={{
            background: `rgb(${Array(3)
              .fill(Math.round(grey * 255))
              .join(" ")})`,
          }}
        />
        It prints <span className="number">{grey.toFixed(4)}</span> everywhere: loss{" "}
        <b className="number">{loss(bias).toFixed(4)}</b>, slope{" "}
        <span className="number">{slope(bias).toFixed(4).replace("-", "−")}</span>. The curve is the loss for every bias
        from {String(low).replace("-", "−")} to {high}.
        <button type="button" onClick={() => setBias(Math.round(Math.log(mean / (1 - mean)) * 1000) / 1000)}>
          logit of the mean pixel
        </button>
      </figcaption>
    </figure>
  );
}
