"use client";
import { floatsOf } from "@autoencoder/data";
import { type Bends, type MapLayer, meanSquaredError } from "@autoencoder/model";
import {
  fixed,
  greatestSize,
  greyPixels,
  PixelPicture,
  signed,
  signedPixels,
  stageName,
  Toggle,
} from "@autoencoder/ui";
import { type ReactNode, useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import type { RebuiltDigit } from "../../src/features/digit/digits.ts";
import { decodeBytes } from "../../src/features/digit/encoding.ts";
import { pictureSide, pixelCount } from "../../src/shared/pixels.ts";
import { sentenceOf, success } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import styles from "./live-bends.module.css";

export interface LiveBendsProps {
  /** Validation MSE of PCA with as many components as the code has numbers. */
  pca: number;
}

/** The network's bends switched off one by one: what becomes of a digit, and what of two digits at half strength. */
export function LiveBends({ pca }: LiveBendsProps) {
  const { data, live, layers } = useChapter();
  const digit = live.digit ?? live.recorded;
  const label = digit.origin.kind === "test" ? digit.origin.label : 0;
  const presets = useMemo(() => presetsOf(layers), [layers]);
  const [bends, setBends] = useState<Bends>(presets[0].bends);
  const second = useMemo(() => {
    const classes = data.classes.filter((other) => other.label !== label);
    const other = classes.find((one) => one.label > label) ?? classes[0];
    return other ? floatsOf(decodeBytes(other.pixels)) : new Float32Array(pixelCount);
  }, [data.classes, label]);
  const half = useMemo(() => halfOfEach(digit.pixels, second), [digit.pixels, second]);
  const isLive = live.state.kind === "live";
  const ask = useMemo(() => {
    if (!isLive) return undefined;
    const pictures = Float32Array.of(...digit.pixels, ...second, ...half);
    return async (signal: AbortSignal) => {
      const result = await live.client.bends({ pictures, ...bends, straight: [...bends.straight] }, { signal });
      return result.ok ? success({ bends, digit, rebuilt: result.value.rebuilt }) : result;
    };
  }, [isLive, live.client, digit, second, half, bends]);
  const { value, result } = useAsk<{ bends: Bends; digit: RebuiltDigit; rebuilt: Float32Array }>(ask, { wait: 60 });
  const problem = sentenceOf(result);
  const codeSize = layers.find(({ part }) => part === "code")?.values;
  // What is said belongs to what was computed, until the next is.
  const rebuilt = value?.rebuilt;
  const told = value?.digit ?? digit;
  const own = rebuilt?.subarray(0, pixelCount) ?? digit.reconstruction;
  const hasSums = value?.bends.straight.includes((layers.at(-1) as MapLayer).name) ?? false;
  const preset = presets.find((one) => sameBends(one.bends, bends));

  return (
    <figure className={`wide ${styles.bends}`} data-testid="bends" data-answered={rebuilt !== undefined}>
      <Toggle
        label="Which bends are left"
        options={presets}
        value={preset ?? presets[0]}
        name={(one) => one.name}
        onChoose={(one) => setBends(one.bends)}
      />
      <BendSwitches layers={layers} bends={bends} onChoose={setBends} />
      <div className={styles.pictures}>
        <Picture name="your digit">
          <PixelPicture pixels={greyPixels(digit.pixels)} label="the digit" className={styles.picture} />
        </Picture>
        <Picture name="rebuilt with these bends" answer>
          <Rebuilt values={own} hasSums={hasSums} label="the digit rebuilt" />
        </Picture>
        <Picture name="half of it, half of another">
          <PixelPicture
            pixels={greyPixels(half)}
            label="two digits, each at half strength"
            className={styles.picture}
          />
        </Picture>
        <Picture name="rebuilt from that" answer>
          <Rebuilt values={rebuilt?.subarray(2 * pixelCount)} hasSums={hasSums} label="both digits rebuilt at once" />
        </Picture>
        <Picture name="half of each rebuilt one" answer>
          <Rebuilt
            values={
              rebuilt && halfOfEach(rebuilt.subarray(0, pixelCount), rebuilt.subarray(pixelCount, 2 * pixelCount))
            }
            hasSums={hasSums}
            label="half of each of the two rebuilt digits"
          />
        </Picture>
      </div>
      <div className={styles.told} aria-live="polite">
        <p data-part="bends-error">
          {hasSums
            ? `Without the sigmoid the last sums are the picture. They run from ${signed(least(own), 1)} to ${signed(greatest(own), 1)}; below 0 is drawn in vermilion, above 0 in teal.`
            : `The digit’s MSE is ${fixed(meanSquaredError(told.pixels, own))}; with all bends it is ${fixed(meanSquaredError(told.pixels, told.reconstruction))}.`}{" "}
          PCA, the best matrix through {codeSize} numbers, has {fixed(pca)} on the validation digits.
        </p>
        {rebuilt && <p data-part="bends-apart">{apartText(rebuilt, hasSums)}</p>}
        {problem && <p role="alert">This could not be computed: {problem}</p>}
        {!rebuilt && <LiveNote />}
      </div>
    </figure>
  );
}

interface Preset {
  name: string;
  bends: Bends;
}

/** As trained; the first convolution alone; all ReLUs; everything that bends. */
function presetsOf(layers: readonly MapLayer[]): [Preset, ...Preset[]] {
  const bent = bentLayers(layers);
  const relus = bent.filter(({ spec }) => "activation" in spec && spec.activation === "relu").map(({ name }) => name);
  return [
    { name: "as trained", bends: { straight: [], averaged: false } },
    { name: "one ReLU off", bends: { straight: relus.slice(0, 1), averaged: false } },
    { name: "all ReLUs off", bends: { straight: relus, averaged: false } },
    { name: "every bend off", bends: { straight: bent.map(({ name }) => name), averaged: true } },
  ];
}

/** The layers whose activation is no straight line. */
function bentLayers(layers: readonly MapLayer[]): MapLayer[] {
  return layers.filter(({ spec }) => "activation" in spec && spec.activation !== "linear");
}

function sameBends(a: Bends, b: Bends): boolean {
  return (
    a.averaged === b.averaged &&
    a.straight.length === b.straight.length &&
    a.straight.every((name) => b.straight.includes(name))
  );
}

interface BendSwitchesProps {
  layers: readonly MapLayer[];
  bends: Bends;
  onChoose: (bends: Bends) => void;
}

/** Each bend by itself, in the order of the network: pressed where it is on. */
function BendSwitches({ layers, bends, onChoose }: BendSwitchesProps) {
  const { straight, averaged } = bends;
  return (
    <fieldset className={styles.switches} aria-label="The bends one by one">
      {bentLayers(layers).map((layer) => {
        const on = !straight.includes(layer.name);
        const activation = "activation" in layer.spec ? layer.spec.activation : "linear";
        return (
          <button
            key={layer.name}
            type="button"
            aria-pressed={on}
            onClick={() =>
              onChoose({
                averaged,
                straight: on ? [...straight, layer.name] : straight.filter((name) => name !== layer.name),
              })
            }
          >
            {stageName(layers, layer)} <small>{activation === "relu" ? "ReLU" : activation}</small>
          </button>
        );
      })}
      <button type="button" aria-pressed={!averaged} onClick={() => onChoose({ straight, averaged: !averaged })}>
        Pooling <small>{averaged ? "takes the mean" : "takes the largest"}</small>
      </button>
    </fieldset>
  );
}

function Picture({ name, answer = false, children }: { name: string; answer?: boolean; children: ReactNode }) {
  return (
    <div className={styles.side} data-answer={answer}>
      {children}
      <p>{name}</p>
    </div>
  );
}

/** A rebuilt picture, or the sums in its place; an empty frame until it is known. */
function Rebuilt({ values, hasSums, label }: { values: Float32Array | undefined; hasSums: boolean; label: string }) {
  const pixels = useMemo(() => {
    if (!values) return undefined;
    return hasSums ? signedPixels(values, pictureSide, greatestSize(values)) : greyPixels(values);
  }, [values, hasSums]);
  if (!pixels) return <span className={styles.empty} />;
  return <PixelPicture pixels={pixels} label={label} className={hasSums ? styles.signed : styles.picture} />;
}

function halfOfEach(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, at) => (value + (b[at] as number)) / 2);
}

const least = (values: Float32Array) => values.reduce((low, value) => Math.min(low, value));
const greatest = (values: Float32Array) => values.reduce((high, value) => Math.max(high, value));

/** How far the last two pictures are apart, where they are furthest. @param rebuilt both digits and half of each */
function apartText(rebuilt: Float32Array, hasSums: boolean): string {
  const expected = halfOfEach(rebuilt.subarray(0, pixelCount), rebuilt.subarray(pixelCount, 2 * pixelCount));
  const both = rebuilt.subarray(2 * pixelCount);
  const apart = greatest(both.map((value, at) => Math.abs(value - (expected[at] as number))));
  const beside = `of ${hasSums ? "sums" : "greys"} up to ${fixed(greatestSize(both), hasSums ? 1 : 2)}`;
  const between = `The last two pictures differ by at most ${fixed(apart)}, ${beside}.`;
  return apart < 1e-5 * greatestSize(both)
    ? `${between} That is float32’s rounding: they are the same picture.`
    : `${between} A matrix would make them the same.`;
}
