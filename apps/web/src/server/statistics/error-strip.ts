import type { Pixels8 } from "@autoencoder/ui";
import { type ErrorRange, heightOfDot, placeOfError, stripRows } from "../../shared/error-strip.ts";
import { cachedPerNetwork } from "../cached.ts";
import { byError } from "../test-digits.ts";
import { takingTurns } from "../turns.ts";

/** Size of the drawn plot; a page scales it to the width that it has. */
const [width, height] = [1600, 640];
/** Opacity of a dot: where many lie over each other it adds up. */
const ink = 0.3;

/** The test digits of each class by their errors, the least first, and an axis that holds them all. */
export const errorStrip = cachedPerNetwork(async (run) => {
  const turn = takingTurns();
  const classes: { index: number; mse: number }[][] = [];
  for (let digit = 0; digit < stripRows; digit++) {
    await turn();
    classes.push(await byError(run, digit));
  }
  const ends = classes.flatMap((sorted) => [sorted[0]?.mse ?? 1, sorted.at(-1)?.mse ?? 1]);
  const range: ErrorRange = { low: Math.min(...ends) / 1.15, high: Math.max(...ends) * 1.15 };
  return { classes, range };
});

/** The plot's dots, black on nothing: a page takes it as a mask and gives it a colour. */
export const errorStripPicture = cachedPerNetwork(async (run): Promise<Pixels8> => {
  const { classes, range } = await errorStrip(run);
  const turn = takingTurns();
  const cover = new Float32Array(width * height);
  for (const [digit, sorted] of classes.entries()) {
    await turn();
    for (const { index, mse } of sorted) {
      const x = Math.round(placeOfError(mse, range) * width);
      const y = Math.round(heightOfDot(digit, index) * height);
      for (let at = 0; at < 9; at++) {
        const pixel = (y + Math.floor(at / 3) - 1) * width + x + (at % 3) - 1;
        if (pixel >= 0 && pixel < cover.length) cover[pixel] = 1 - (1 - (cover[pixel] as number)) * (1 - ink);
      }
    }
  }
  const data = new Uint8ClampedArray(cover.length * 4);
  cover.forEach((part, pixel) => {
    data[pixel * 4 + 3] = part * 255;
  });
  return { width, height, channels: 4, data };
});
