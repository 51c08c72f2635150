import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { cached } from "../cached.ts";
import { mnist } from "../mnist.ts";
import { takingTurns } from "../turns.ts";

/** Bytes that gzip needs for one test image, of all of them packed together. */
export const gzipBytes = cached(async () => {
  const { test } = await mnist();
  const packed = await promisify(gzip)(test.pixels, { level: 9 });
  return packed.length / test.count;
});

export interface Brightness {
  /** Mean of the pixels, and of their squares. */
  mean: number;
  meanSquare: number;
  /** Share of pixels that are exactly 0, and that are darker than half. */
  zero: number;
  dark: number;
}

/** How bright the training pictures are. */
export const brightness = cached(async (): Promise<Brightness> => {
  const { train } = await mnist();
  const counts = new Float64Array(256);
  const turn = takingTurns();
  for (let image = 0; image < train.count; image++) {
    await turn();
    for (const byte of train.bytes(image)) counts[byte] = (counts[byte] as number) + 1;
  }
  const mean = (of: (value: number) => number) =>
    counts.reduce((sum, count, byte) => sum + count * of(byte / 255), 0) / train.pixels.length;
  return {
    mean: mean((value) => value),
    meanSquare: mean((value) => value ** 2),
    zero: mean((value) => Number(value === 0)),
    dark: mean((value) => Number(value < 0.5)),
  };
});
