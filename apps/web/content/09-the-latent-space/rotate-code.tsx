"use client";
import { Button, CodeTile, exponential, signed, Tile, Tiles } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { compareRotated, type Rotated, randomRotation } from "../../src/shared/rotated-code.ts";
import { alone, FilmOfValue } from "./film-of-value.tsx";
import styles from "./rotate-code.module.css";
import { useSelection } from "./selection.tsx";

/** By how much the chosen value changes from picture to picture, before the rotation and after it. */
const steps = [-6, -4, -2, 0, 2, 4, 6];

/** The same network with its code rotated at random: other bars, the same picture; and what the chosen value does in either. */
export function RotateCode() {
  const { live, layers } = useChapter();
  const { digit, value, chooseValue } = useSelection();
  const [seed, setSeed] = useState(1);
  const [rotated, setRotated] = useState<Rotated & { of: Float32Array; axes: readonly Float64Array[] }>();
  const [problem, setProblem] = useState<string>();
  const rotate = async () => {
    const weights = new Map<string, Float32Array>();
    for (const { name, sizes } of layers) {
      if (sizes.weights.length === 0) continue;
      const outcome = await live.client.weights(name);
      if (!outcome.ok) return setProblem(outcome.problem.sentence);
      weights.set(`${name}/kernel`, outcome.value.kernel);
      weights.set(`${name}/bias`, outcome.value.bias);
    }
    const axes = randomRotation(digit.latent.length, seed);
    setRotated({ ...compareRotated(layers, weights, digit.pixels, axes), of: digit.pixels, axes });
    setSeed(seed + 1);
  };
  const shown = rotated?.of === digit.pixels ? rotated : undefined;
  const own = useMemo(() => alone(value, digit.latent.length), [value, digit.latent.length]);
  const bars = (latent: Float32Array, name: string) => (
    <CodeTile
      latent={latent}
      selected={value}
      onSelect={(index) => index !== undefined && chooseValue(index)}
      name={name}
    />
  );
  const film = (direction: ArrayLike<number>, label: string) => (
    <FilmOfValue
      code={digit.latent}
      direction={direction}
      steps={steps}
      nameOf={(step) => (step === 0 ? "0" : signed(step, 0))}
      label={label}
    />
  );
  return (
    <figure data-testid="rotate">
      <Tiles className={styles.tiles}>
        {bars(digit.latent, "the code")}
        <Tile pixels={digit.reconstruction} name="rebuilt" />
        {shown && (
          <>
            {bars(shown.latent, "the code, rotated")}
            <Tile pixels={shown.reconstruction} name="rebuilt by the rotated network" />
          </>
        )}
      </Tiles>
      <Button className={styles.button} disabled={live.state.kind !== "live"} onClick={rotate}>
        {shown ? "another rotation" : "rotate the code"}
      </Button>
      <LiveNote />
      <p className={styles.heading}>Value {value} of the code, changed by −6 to +6:</p>
      {film(own, `What value ${value} of the code does`)}
      {shown && (
        <>
          <p className={styles.heading}>Value {value} of the rotated code, changed by as much:</p>
          {film(shown.axes[value] as Float64Array, `What value ${value} of the rotated code does`)}
        </>
      )}
      <figcaption aria-live="polite" data-part="rotated">
        {problem}
        {shown && (
          <>
            {shown.changed} of {shown.latent.length} values changed by more than 0.01; no pixel by more than{" "}
            <span className="number">{exponential(shown.greatest)}</span>. Both rows have the same picture in their
            middle.
          </>
        )}
      </figcaption>
    </figure>
  );
}
