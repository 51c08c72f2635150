"use client";
import { floatsOf } from "@autoencoder/data";
import { fixed, Slider, Tile, Tiles } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeDigit, type EncodedDigit } from "../../src/features/digit/digits.ts";
import { useDecoded } from "./use-decoded.ts";
import { type FirstNeighbours, useNeighbours } from "./use-neighbours.ts";
import styles from "./walk.module.css";
import { walkOpening } from "./walk-opening.ts";

export interface LiveWalkProps {
  run: string;
  /** A digit of each class. */
  ends: readonly EncodedDigit[];
  /** The neighbour of the one that the walk opens on. */
  first: FirstNeighbours;
}

/** From one digit to another: through the code and as a cross-fade of pixels, with the test digit whose code is nearest. */
export function LiveWalk({ ends, run, first }: LiveWalkProps) {
  const { live } = useChapter();
  const opened = useMemo(() => ends.map(decodeDigit), [ends]);
  const [[from, to], setEnds] = useState<[number, number]>([walkOpening.from, walkOpening.to]);
  const [part, setPart] = useState(0);
  const mix = useMemo(() => {
    const between = (of: "latent" | "pixels") => {
      const [a, b] = [opened[from], opened[to]].map((end) => end?.[of] as Float32Array) as [Float32Array, Float32Array];
      return a.map((value, at) => value * (1 - part) + (b[at] as number) * part);
    };
    return { latent: between("latent"), pixels: between("pixels") };
  }, [opened, from, to, part]);
  const picture = useDecoded(
    live.client,
    live.state.kind === "live",
    mix.latent,
    opened[from]?.reconstruction as Float32Array,
  );
  const { found, problem } = useNeighbours(run, mix.latent, first);
  const [nearest] = found;
  const beside = nearest ? floatsOf(nearest.pixels) : (opened[from]?.pixels as Float32Array);
  const choose = (end: 0 | 1) => (
    <label>
      {end === 0 ? "from " : "to "}
      <select
        value={end === 0 ? from : to}
        onChange={(event) => setEnds(end === 0 ? [Number(event.target.value), to] : [from, Number(event.target.value)])}
      >
        {ends.map(({ label }, at) => (
          <option key={label} value={at}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <figure className={styles.figure} data-testid="walk">
      <div className={styles.ends}>
        {choose(0)} {choose(1)}
      </div>
      <Slider
        min={0}
        max={1}
        step={0.01}
        value={part}
        aria-label="How far from the first to the second"
        onChoose={setPart}
      />
      <Tiles className={styles.tiles}>
        <Tile pixels={picture} name="through the code" />
        <Tile pixels={mix.pixels} name="cross-fade of pixels" />
        <Tile pixels={beside} name="nearest test digit" />
      </Tiles>
      <figcaption aria-live="polite">
        {Math.round(part * 100)} % of the way: move the slider.{" "}
        {problem
          ? `The nearest digit did not load: ${problem}`
          : `The nearest code of a test digit (class ${nearest?.label ?? ends[from]?.label}) is ${fixed(nearest?.distance ?? 0, 2)} away.`}
      </figcaption>
      <LiveNote />
    </figure>
  );
}
