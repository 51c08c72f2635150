"use client";
import { greyByte, logit, sigmoid } from "@autoencoder/model";
import { fixed, LineChart, linearScale, linePath, pageLook, Slider } from "@autoencoder/ui";
import { useState } from "react";
import styles from "./one-grey.module.css";

export interface OneGreyProps {
  /** Mean of the pixels, and of their squares. */
  mean: number;
  meanSquare: number;
}

/** Biases that the curve shows. */
const [low, high] = [-8, 2];
const biases = Array.from({ length: 101 }, (_, at) => low + (at / 100) * (high - low));
const size = { width: 480, height: 230, left: 56, right: 12, top: 12, bottom: 52 };

/** A network that prints one grey, whatever it sees: its loss as a function of the output bias. */
export function OneGrey({ mean, meanSquare }: OneGreyProps) {
  const [bias, setBias] = useState(0);
  const loss = (b: number) => meanSquare - 2 * sigmoid(b) * mean + sigmoid(b) ** 2;
  const slope = (b: number) => 2 * (sigmoid(b) - mean) * sigmoid(b) * (1 - sigmoid(b));
  const x = linearScale([low, high], [size.left, size.width - size.right]);
  const y = linearScale([0, Math.max(loss(low), loss(high))], [size.height - size.bottom, size.top]).nice(4);
  const path = linePath<number>(x, (b) => y(loss(b)));
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
        label={`The loss of one grey by the output bias; at the dot it is ${fixed(loss(bias))}`}
        x={{ ticks: x.ticks(5).map((at) => ({ at: x(at), label: fixed(at, 0) })), name: "output bias" }}
        y={{ ticks: y.ticks(4).map((at) => ({ at: y(at), label: String(at) })), name: "loss" }}
        lines={[{ name: "loss", path: path(biases) ?? "", colour: "var(--ink)", width: 2 }]}
        dots={[{ x: x(bias), y: y(loss(bias)), radius: 6, colour: "var(--latent-fill)" }]}
      />
      <figcaption aria-live="polite">
        <span className={styles.picture} style={{ background: `rgb(${level} ${level} ${level})` }} />
        <span>
          It prints <span className="number">{fixed(grey)}</span> everywhere: loss{" "}
          <b className="number">{fixed(loss(bias))}</b>, slope <span className="number">{fixed(slope(bias))}</span>. The
          loss is the mean squared error over the training pictures.
        </span>
        <button type="button" onClick={() => setBias(Math.round(logit(mean) * 1000) / 1000)}>
          logit of the mean pixel
        </button>
      </figcaption>
    </figure>
  );
}
