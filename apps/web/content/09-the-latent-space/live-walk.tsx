"use client";
import { floatsOf } from "@autoencoder/data";
import { fixed, Slider, Tile, Tiles } from "@autoencoder/ui";
import { useMemo } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { decodeDigit, type EncodedDigit } from "../../src/features/digit/digits.ts";
import { useSelection } from "./selection.tsx";
import { useDecoded } from "./use-decoded.ts";
import { type FirstNeighbours, useNeighbours } from "./use-neighbours.ts";
import styles from "./walk.module.css";

export interface LiveWalkProps {
  run: string;
  /** A digit of each class, in their order. */
  ends: readonly EncodedDigit[];
  /** The neighbours of the digit that the page opens on. */
  first: FirstNeighbours;
}

/** The class that the walk goes to until another is chosen. */
const firstEnd = 8;

/** From the page's digit to another: through the code and as a cross-fade of pixels, with the test digit whose code is nearest. */
export function LiveWalk({ ends, run, first }: LiveWalkProps) {
  const { live } = useChapter();
  const { digit, latent, own, walk, walkTo, take } = useSelection();
  const opened = useMemo(() => ends.map(decodeDigit), [ends]);
  const part = walk?.part ?? 0;
  const to = useEnd(ends, own?.index, walk?.to.label);
  const end = opened[ends.indexOf(to)];
  const mix = useMemo(() => {
    const between = (a: Float32Array, b: Float32Array) =>
      a.map((value, at) => value * (1 - part) + (b[at] as number) * part);
    return end
      ? { latent: between(latent, end.latent), pixels: between(digit.pixels, end.pixels) }
      : { latent, pixels: digit.pixels };
  }, [latent, digit.pixels, end, part]);
  const picture = useDecoded(live.client, live.state.kind === "live", mix.latent, digit.reconstruction);
  const { found, fresh, problem } = useNeighbours(run, mix.latent, first);
  // Near its ends a walk is nearest to these, which says nothing.
  const nearest = found.find(({ index }) => index !== own?.index && index !== to.index);
  const beside = nearest ? floatsOf(nearest.pixels) : digit.pixels;
  const endNamed = (option: string) => ends.find(({ label }) => label === Number(option));
  const isEnd = ends.some(({ index }) => index === own?.index);
  return (
    <figure className={styles.figure} data-testid="walk">
      <div className={styles.ends}>
        <label>
          from{" "}
          <select
            value={isEnd ? own?.label : "own"}
            onChange={(event) => {
              const chosen = endNamed(event.target.value);
              if (chosen) void take(chosen);
            }}
          >
            {!isEnd && <option value="own">{own ? `this page’s ${own.label}` : "your drawing"}</option>}
            <Classes of={ends} />
          </select>
        </label>{" "}
        <label>
          to{" "}
          <select
            value={to.label}
            onChange={(event) => {
              const chosen = endNamed(event.target.value);
              if (chosen) walkTo(chosen, part);
            }}
          >
            <Classes of={ends} />
          </select>
        </label>
      </div>
      <Slider
        min={0}
        max={1}
        step={0.01}
        value={part}
        aria-label="How far from the first to the second"
        onChoose={(next) => walkTo(to, next)}
      />
      <Tiles>
        <Tile pixels={picture} name="through the code" />
        <Tile pixels={mix.pixels} name="cross-fade of pixels" />
        <Tile pixels={beside} name="nearest test digit" />
      </Tiles>
      <figcaption aria-live="polite">
        {Math.round(part * 100)} % of the way{part === 0 && ": move the slider"}.{" "}
        {problem
          ? `The nearest digit did not load: ${problem}`
          : fresh
            ? `Of all test digits but these two, the nearest code (class ${nearest?.label}) is ${fixed(nearest?.distance ?? 0, 2)} away.`
            : "The nearest test digit is looked for once the slider rests."}
      </figcaption>
      <LiveNote />
    </figure>
  );
}

/** Where the walk goes: to the class that was chosen, and never to the digit that it starts from. */
function useEnd(ends: readonly EncodedDigit[], own: number | undefined, chosen = firstEnd): EncodedDigit {
  return useMemo(() => {
    const others = ends.filter(({ index }) => index !== own);
    return (others.find(({ label }) => label === chosen) ?? others[0]) as EncodedDigit;
  }, [ends, own, chosen]);
}

function Classes({ of }: { of: readonly EncodedDigit[] }) {
  return of.map(({ label }) => (
    <option key={label} value={label}>
      {label}
    </option>
  ));
}
