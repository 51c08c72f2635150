"use client";
import { forEachTap, type MapLayer, type Window, windowOf } from "@autoencoder/model";
import { Button, fixed, greyPixels, integer, PixelPicture, signed, signedPixels } from "@autoencoder/ui";
import { type ReactNode, useMemo, useState } from "react";
import { useChapter } from "../../src/features/chapter/chapter-live.tsx";
import { pictureSide } from "../../src/shared/pixels.ts";
import styles from "./own-kernel.module.css";
import { WeightField } from "./weight-field.tsx";

const presets = [
  { name: "edges from left to right", weights: [-1, 0, 1, -1, 0, 1, -1, 0, 1] },
  { name: "edges from top to bottom", weights: [-1, -1, -1, 0, 0, 0, 1, 1, 1] },
  { name: "blur", weights: [1, 1, 1, 1, 1, 1, 1, 1, 1].map((one) => Math.round((one / 9) * 100) / 100) },
  { name: "nothing changes", weights: [0, 0, 0, 0, 1, 0, 0, 0, 0] },
] as const;

/** Nine weights that the reader sets, and what a convolution with them makes of the chapter's digit. */
export function OwnKernel() {
  const { live, layers } = useChapter();
  const [input, conv2d] = layers as [MapLayer, MapLayer];
  const pixels = (live.digit ?? live.recorded).pixels;
  const [weights, setWeights] = useState<readonly number[]>(presets[0].weights);
  const sums = useMemo(() => sumsOf(conv2d, input, pixels, weights), [conv2d, input, pixels, weights]);
  const greatest = Math.max(...sums.map(Math.abs)) || 1;
  const positive = useMemo(() => sums.map((sum) => Math.max(0, sum)), [sums]);
  return (
    <figure className={`wide ${styles.own}`} data-testid="own-kernel">
      <div className={styles.presets}>
        {presets.map(({ name, weights: of }) => (
          <Button
            key={name}
            quiet
            aria-pressed={of.every((one, at) => one === weights[at])}
            onClick={() => setWeights(of)}
          >
            {name}
          </Button>
        ))}
      </div>
      <div className={styles.row}>
        <Picture name="the digit">
          <PixelPicture pixels={greyPixels(pixels)} label="the digit" className={styles.picture} />
        </Picture>
        <Picture name="your kernel">
          <fieldset className={styles.kernel} aria-label="The nine weights of your kernel">
            {weights.map((weight, at) => (
              <WeightField
                key={at}
                label={`row ${Math.floor(at / 3)}, column ${at % 3}`}
                weight={weight}
                onChange={(value) => setWeights(weights.map((one, place) => (place === at ? value : one)))}
              />
            ))}
          </fieldset>
        </Picture>
        <Picture name="sums, teal above 0 and vermilion below">
          <PixelPicture
            pixels={signedPixels(sums, pictureSide, greatest)}
            label="the sums of your kernel"
            className={styles.signed}
          />
        </Picture>
        <Picture name={`after ReLU, white is ${fixed(greatest, 2)}`}>
          <PixelPicture
            pixels={greyPixels(positive.map((value) => value / greatest))}
            label="the sums after ReLU"
            className={styles.picture}
          />
        </Picture>
      </div>
      <figcaption>
        The largest sum is <span className="number">{signed(Math.max(...sums), 2)}</span>, the least{" "}
        <span className="number">{signed(Math.min(...sums), 2)}</span>. <span data-part="relu">{reluText(sums)}</span>
      </figcaption>
    </figure>
  );
}

function Picture({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.side}>
      {children}
      <p>{name}</p>
    </div>
  );
}

/** What ReLU does to these sums. */
function reluText(sums: Float32Array): string {
  const below = sums.filter((sum) => sum < 0).length;
  if (below === 0) return "None of the sums is below 0, so ReLU changes nothing.";
  return `${integer(below)} of the ${integer(sums.length)} sums are below 0, and ReLU turns them into 0.`;
}

/**
 * The sums that a layer like conv2d would make with one kernel of one's own, without bias: a loop, since 784 values one by
 * one with all their terms take a phone a tenth of a second. @param pixels [784]
 */
function sumsOf(conv2d: MapLayer, input: MapLayer, pixels: Float32Array, weights: readonly number[]): Float32Array {
  const [rows, columns] = conv2d.shape;
  const slides = windowOf(conv2d.spec, input.shape) as Window;
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    let sum = 0;
    forEachTap(slides, { row: Math.floor(at / columns), column: at % columns }, (tap, position) => {
      sum += (pixels[position] as number) * (weights[tap] as number);
    });
    return sum;
  });
}
