"use client";
import { createRandom } from "@autoencoder/data";
import { digitError, fixed, Slider, Tile, Tiles, Toggle } from "@autoencoder/ui";
import { useMemo, useState } from "react";
import { LiveNote, useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { pictureSide, pixelCount, shiftedRight } from "../../src/shared/pixels.ts";
import { success } from "../../src/shared/result.ts";
import { useAsk } from "../../src/shared/use-ask.ts";
import styles from "./disturb.module.css";

const kinds = {
  shift: { name: "shift", unit: "pixels to the right", most: 6 },
  noise: { name: "noise", unit: "tenths, the noise’s standard deviation", most: 6 },
  cover: { name: "cover", unit: "rows covered from the middle", most: 12 },
  letter: { name: "a letter", unit: "", most: 0 },
} as const;
type Kind = keyof typeof kinds;

/** A digit made unlike those that the network was trained on. */
export function disturbed(pixels: Float32Array, kind: Kind, amount: number): Float32Array {
  const side = Math.sqrt(pixels.length);
  if (kind === "shift") {
    return shiftedRight(pixels, amount);
  }
  if (kind === "noise") {
    const random = createRandom(7);
    return pixels.map((value) => Math.min(1, Math.max(0, value + (amount / 10) * random.normal())));
  }
  if (kind === "cover") {
    return pixels.map((value, at) => {
      const row = Math.floor(at / side);
      return row >= side / 2 && row < side / 2 + amount ? 0 : value;
    });
  }
  return pixels;
}

/** A letter as a picture of MNIST's size, in the site's own type. */
function letterPixels(letter: string): Float32Array {
  const context = new OffscreenCanvas(pictureSide, pictureSide).getContext("2d");
  if (!context) return new Float32Array(pixelCount);
  context.fillStyle = "#fff";
  context.font = `600 20px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(letter, pictureSide / 2, pictureSide / 2 + 1);
  const { data } = context.getImageData(0, 0, pictureSide, pictureSide);
  return Float32Array.from({ length: pixelCount }, (_, at) => (data[at * 4 + 3] as number) / 255);
}

/** What the network makes of a digit that was shifted, made noisy or covered, and of a letter. */
export function Disturb() {
  const { live } = useChapter();
  const digit = live.digit ?? live.recorded;
  const [kind, setKind] = useState<Kind>("shift");
  const [amount, setAmount] = useState(2);
  const [letter, setLetter] = useState("k");
  const { shown, errors } = useDisturbed(digit.pixels, { kind, amount, letter });
  const { input, output } = shown ?? { input: digit.pixels, output: digit.reconstruction };
  const error = digitError(input, output);
  const lost = sum(digit.pixels) - sum(input);
  const own = digitError(digit.pixels, digit.reconstruction);
  return (
    <figure className={styles.disturb} data-testid="disturb">
      <Toggle
        label="What is done to the digit"
        options={Object.keys(kinds) as Kind[]}
        value={kind}
        onChoose={(to) => {
          setKind(to);
          setAmount(Math.min(amount, kinds[to].most));
        }}
        name={(name) => kinds[name].name}
        className={styles.toggle}
      />
      {kind === "letter" ? (
        <label>
          a letter or sign:{" "}
          <input
            className={styles.letter}
            size={2}
            type="text"
            value={letter}
            onChange={(event) => setLetter([...event.target.value].at(-1) ?? "")}
          />
        </label>
      ) : (
        <Slider
          label={
            <>
              <b className="number">{amount}</b> {kinds[kind].unit}
            </>
          }
          min={0}
          max={kinds[kind].most}
          step={1}
          value={amount}
          onChoose={setAmount}
        />
      )}
      <Tiles>
        <Tile pixels={input} name="seen" />
        <Tile pixels={output} name="rebuilt" />
        <ErrorBars errors={errors} chosen={amount} />
      </Tiles>
      <LiveNote />
      <figcaption aria-live="polite" data-part="disturbed">
        MSE <b className="number">{fixed(error.mse, 5)}</b>, {fixed(error.pixelsWorth, 1)} pixels’ worth, against what
        the network was shown.{" "}
        {kind === "noise" &&
          `Against the digit without noise it is ${fixed(digitError(digit.pixels, output).mse, 5)}. `}
        {kind === "shift" && lost > 0.05 && `${fixed(lost, 1)} pixels’ worth of ink have left the picture. `}
        {kind === "letter"
          ? `The digit itself: ${fixed(own.mse, 5)}.`
          : `The bars are the error at every amount, from 0 to ${kinds[kind].most}; the highest is ${fixed(Math.max(...errors, 0), 4)}.`}
      </figcaption>
    </figure>
  );
}

function sum(pixels: Float32Array): number {
  return pixels.reduce((total, value) => total + value, 0);
}

/** The disturbed digit with what the network makes of it, and then the error at every amount. */
function useDisturbed(pixels: Float32Array, { kind, amount, letter }: { kind: Kind; amount: number; letter: string }) {
  const { live } = useChapter();
  const { client } = live;
  const isLive = live.state.kind === "live";
  const askShown = useMemo(() => {
    if (!isLive) return undefined;
    return async () => {
      const input = kind === "letter" ? letterPixels(letter) : disturbed(pixels, kind, amount);
      const result = await client.reconstruct(input, false);
      return result.ok ? success({ input, output: result.value.reconstruction }) : result;
    };
  }, [isLive, client, pixels, kind, amount, letter]);
  const shown = useAsk(askShown);
  // Of two digits at a time the network computes only the newer one: the bars follow the picture.
  const askErrors = useMemo(() => {
    if (!shown.fresh || kind === "letter") return undefined;
    return async (signal: AbortSignal) => {
      const errors: number[] = [];
      for (let step = 0; step <= kinds[kind].most && !signal.aborted; step++) {
        const result = await client.reconstruct(disturbed(pixels, kind, step), false);
        if (result.ok) errors.push(result.value.mse);
      }
      return success(errors);
    };
  }, [shown.fresh, client, pixels, kind]);
  const { value: errors = [] } = useAsk(askErrors);
  return { shown: shown.value, errors: kind === "letter" ? [] : errors };
}

/** The error at every amount as a bar; its number for those who do not see it. */
function ErrorBars({ errors, chosen }: { errors: readonly number[]; chosen: number }) {
  const greatest = Math.max(...errors, 1e-9);
  return (
    <div className={styles.bars} data-part="bars">
      <ol className={styles.errors} data-testid="error-bars" aria-label="MSE by amount">
        {errors.map((mse, at) => (
          <li key={at} data-chosen={at === chosen}>
            <span style={{ height: `${(mse / greatest) * 100}%` }} />
            <small className="visually-hidden">
              {at}: {fixed(mse)}
            </small>
          </li>
        ))}
      </ol>
      {errors.length > 0 && (
        <p className={styles.axis} aria-hidden="true">
          <span>0</span>
          <span>MSE by amount</span>
          <span>{errors.length - 1}</span>
        </p>
      )}
    </div>
  );
}
