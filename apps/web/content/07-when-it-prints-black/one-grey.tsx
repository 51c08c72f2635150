"use client";
import { greyByte, logit, sigmoid } from "@autoencoder/model";
import { fixed, LineChart, pageLook, Slider } from "@autoencoder/ui";
import { useState } from "react";
import styles from "./one-grey.module.css";

export interface OneGreyProps {
  /** Mean of the pixels, and of their squares. */
  mean: number;
  meanSquare: number;
}

/** Biases that the curve shows, and the loss at its upper edge. */
const [low, high, most] = [-8, 2, 0.5];
const size = { width: 400, height: 160, left: 0, right: 0, top: 0, bottom: 0 };
const x = (bias: number) => ((bias - low) / (high - low)) * size.width;
const y = (loss: number) => size.height - (loss / most) * size.height;

/** A network that prints one grey, whatever it sees: its loss as a function of the output bias. */
export function OneGrey({ mean, meanSquare }: OneGreyProps) {
  const [bias, setBias] = useState(0);
  const loss = (b: number) => meanSquare - 2 * sigmoid(b) * mean + sigmoid(b) ** 2;
  const slope = (b: number) => 2 * (sigmoid(b) - mean) * sigmoid(b) * (1 - sigmoid(b));
  const points = Array.from({ length: 101 }, (_, at) => low + (at / 100) * (high - low));
  const path = points.map((b, at) => `${at ? "L" : "M"}${x(b).toFixed(1)} ${y(loss(b)).toFixed(1)}`).join("");
  const grey = sigmoid(bias);
  const level = greyByte(grey);
  return (
    <figure data-testid="one-grey" className={styles.figure}>
      <Slider
        label={
          <>
            output bias: <b className="number">{fixed(bias, 3)}</b>
          </>
        }
        min={low}
        max={high}
        step={0.005}
        value={bias}
        onChoose={setBias}
      />
      <LineChart
        size={size}
        look={pageLook}
        label="The loss of one grey by the output bias"
        x={{ ticks: [] }}
        y={{ ticks: [] }}
        lines={[{ name: "loss", path, colour: "var(--ink)", width: 2 }]}
        dots={[{ x: x(bias), y: y(loss(bias)), radius: 6, colour: "var(--latent-fill)" }]}
      />
      <figcaption aria-live="polite">
        <span className={styles.picture} style={{ background: `rgb(${level} ${level} ${level})` }} />
        It prints <span className="number">{fixed(grey)}</span> everywhere: loss{" "}
        <b className="number">{fixed(loss(bias))}</b>, slope <span className="number">{fixed(slope(bias))}</span>. The
        curve is the loss for every bias from {fixed(low, 0)} to {high}.
        <button type="button" onClick={() => setBias(Math.round(logit(mean) * 1000) / 1000)}>
          logit of the mean pixel
        </button>
      </figcaption>
    </figure>
  );
}
