"use client";
import { digitError, fixed, Slider, Tile, Tiles } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import styles from "./two-strokes.module.css";

/** Two strokes, one pixel apart, equally likely: which one picture has the least error on average? */
export function TwoStrokes() {
  const [part, setPart] = useState(0.5);
  const [a, b] = useMemo(
    () =>
      [4, 5].map((column) => Float32Array.from({ length: 100 }, (_, at) => Number(at % 10 === column))) as [
        Float32Array,
        Float32Array,
      ],
    [],
  );
  const guess = a.map((value, at) => value * (1 - part) + (b[at] as number) * part);
  const mean = (digitError(a, guess).mse + digitError(b, guess).mse) / 2;
  return (
    <figure data-testid="two-strokes">
      <Tiles className={styles.tiles}>
        <Tile pixels={a} name="either this" />
        <Tile pixels={guess} name="your answer" />
        <Tile pixels={b} name="or this" />
      </Tiles>
      <Slider
        min={0}
        max={1}
        step={0.05}
        value={part}
        aria-label="Your answer, from the first to the second"
        onChoose={setPart}
      />
      <figcaption aria-live="polite">
        Mean error of your answer: <b className="number">{fixed(mean)}</b>. Half of each is the least; it is a blur.
      </figcaption>
    </figure>
  );
}
