"use client";
import { Button, CodeTile, exponential, Tile, Tiles } from "@autoencoder/ui";
import { useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { compareRotated, type Rotated } from "../../src/shared/rotated-code.ts";
import styles from "./rotate-code.module.css";

/** The same network with its code rotated at random: other bars, the same picture. */
export function RotateCode() {
  const { live, layers } = useChapter();
  const digit = live.digit ?? live.recorded;
  const [seed, setSeed] = useState(1);
  const [rotated, setRotated] = useState<Rotated & { of: Float32Array }>();
  const [problem, setProblem] = useState<string>();
  const [selected, setSelected] = useState<number>();
  const rotate = async () => {
    const weights = new Map<string, Float32Array>();
    for (const { name, sizes } of layers) {
      if (sizes.weights.length === 0) continue;
      const outcome = await live.client.weights(name);
      if (!outcome.ok) return setProblem(outcome.problem.sentence);
      weights.set(`${name}/kernel`, outcome.value.kernel);
      weights.set(`${name}/bias`, outcome.value.bias);
    }
    setRotated({ ...compareRotated(layers, weights, digit.pixels, seed), of: digit.pixels });
    setSeed(seed + 1);
  };
  const shown = rotated?.of === digit.pixels ? rotated : undefined;
  const bars = (latent: Float32Array, name: string) => (
    <CodeTile latent={latent} selected={selected} onSelect={setSelected} name={name} />
  );
  return (
    <figure className="wide">
      <Tiles>
        {bars(digit.latent, "the code")}
        <Tile pixels={digit.reconstruction} name="rebuilt" />
        <div />
        {shown && (
          <>
            {bars(shown.latent, "the code, rotated")}
            <Tile pixels={shown.reconstruction} name="rebuilt by the rotated network" />
            <div />
          </>
        )}
      </Tiles>
      <Button className={styles.button} disabled={live.state.kind !== "live"} onClick={rotate}>
        {shown ? "another rotation" : "rotate the code"}
      </Button>
      <LiveNote />
      <figcaption aria-live="polite" data-part="rotated">
        {problem}
        {shown && (
          <>
            {shown.changed} of {shown.latent.length} values changed by more than 0.01; no pixel by more than{" "}
            <span className="number">{exponential(shown.greatest)}</span>.
          </>
        )}
      </figcaption>
    </figure>
  );
}
