"use client";
import { fixed, greyPixels, PixelPicture } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { Tile } from "../../src/features/chapter/tile.tsx";
import { decodeBytes, decodeFloats } from "../../src/features/digit/encoding.ts";
import { pixelFloats } from "../../src/shared/pixels.ts";
import { useDecoded } from "./use-decoded.ts";
import { useNeighbours } from "./use-neighbours.ts";

export interface WalkEnd {
  label: number;
  /** float32 in base64: the code, the digit, and what the trainer recorded as its reconstruction. */
  latent: string;
  pixels: string;
  reconstruction: string;
}

/** From one digit to another: through the code and as a cross-fade of pixels, with the test digit whose code is nearest. */
export function Walk({ ends, run }: { ends: readonly WalkEnd[]; run: string }) {
  const { live } = useChapter();
  const opened = useMemo(
    () => ends.map(({ latent, pixels }) => ({ latent: decodeFloats(latent), pixels: decodeFloats(pixels) })),
    [ends],
  );
  const [[from, to], setEnds] = useState<[number, number]>([3, 8]);
  const [part, setPart] = useState(0);
  const recorded = useMemo(() => decodeFloats(ends[from]?.reconstruction ?? ""), [ends, from]);
  const mix = useMemo(() => {
    const between = (of: "latent" | "pixels") => {
      const [a, b] = [opened[from], opened[to]].map((end) => end?.[of] as Float32Array) as [Float32Array, Float32Array];
      return a.map((value, at) => value * (1 - part) + (b[at] as number) * part);
    };
    return { latent: between("latent"), pixels: between("pixels") };
  }, [opened, from, to, part]);
  const picture = useDecoded(live.client, live.state.kind === "live", mix.latent, recorded);
  const { found, problem } = useNeighbours(run, mix.latent);
  const [nearest] = found;
  const beside = nearest ? pixelFloats(decodeBytes(nearest.pixels)) : (opened[from]?.pixels as Float32Array);
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
    <figure className="walk-figure">
      <div className="walk-ends">
        {choose(0)} {choose(1)}
      </div>
      <input
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={part}
        aria-label="How far from the first to the second"
        onChange={(event) => setPart(Number(event.target.value))}
      />
      <div className="tiles">
        <Tile pixels={picture} name="through the code" />
        <Tile pixels={mix.pixels} name="cross-fade of pixels" />
        <Tile pixels={beside} name="nearest test digit" />
      </div>
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

/** The five test digits whose codes are nearest to that of the chapter's digit, drawn ones too. */
export function Neighbours({ run }: { run: string }) {
  const { live } = useChapter();
  const { latent, pixels } = live.digit ?? live.recorded;
  const { found, problem } = useNeighbours(run, latent);
  return (
    <figure className="neighbours browse">
      <ul>
        <li>
          <PixelPicture pixels={greyPixels(pixels, 28)} label="your digit" />
          <b>this one</b>
        </li>
        {found.map(({ index, label, distance, pixels: text }) => (
          <li key={index} data-index={index}>
            <PixelPicture
              pixels={greyPixels(pixelFloats(decodeBytes(text)), 28)}
              label={`test digit ${index}, a ${label}`}
            />
            <span className="number">{fixed(distance, 2)}</span>
          </li>
        ))}
      </ul>
      <figcaption>
        {problem
          ? `The neighbours did not load: ${problem}`
          : "The test digits with the nearest codes, and their distance. A test digit is its own nearest."}
      </figcaption>
    </figure>
  );
}
