import { greyByte, paint } from "@autoencoder/model";
import type { Run } from "@autoencoder/model/run";
import type { Pixels8 } from "@autoencoder/ui";
import { pictureSide } from "../../shared/pixels.ts";
import { cachedPerNetwork } from "../cached.ts";
import { forwardPass } from "../forward-pass.ts";
import { RunProblem } from "../run-store.ts";
import { takingTurns } from "../turns.ts";
import { codeSpread } from "./code-spread.ts";
import { testCodes } from "./codes.ts";

/** Pictures along the side of the sheet. */
const painted = 15;

/** The plane of a run whose code is two numbers: from the 1st to the 99th percentile of each over the test digits. */
export const planeOfTwo = cachedPerNetwork(async (run) => {
  const { low, high } = await codeSpread(run);
  const { values, width } = await testCodes(run);
  expectTwo(run, width);
  const count = values.length / 2;
  let within = 0;
  for (let at = 0; at < count; at++) {
    const inside = [0, 1].every((axis) => {
      const value = values[2 * at + axis] as number;
      return value >= (low[axis] as number) && value <= (high[axis] as number);
    });
    if (inside) within++;
  }
  return { low: Array.from(low), high: Array.from(high), painted, share: within / count };
});

/** All that a decoder of two numbers can paint: a sheet of pictures, each from the code in its middle. */
export const sheetOfTwo = cachedPerNetwork(async (run): Promise<Pixels8> => {
  const { low, high } = await planeOfTwo(run);
  const { layers, weights } = await forwardPass(run, 0);
  const turn = takingTurns();
  const width = painted * pictureSide;
  const data = new Uint8ClampedArray(width * width);
  const between = (axis: number, part: number) =>
    (low[axis] as number) + part * ((high[axis] as number) - (low[axis] as number));
  for (let at = 0; at < painted ** 2; at++) {
    await turn();
    const [row, column] = [Math.floor(at / painted), at % painted];
    const code = Float32Array.of(between(0, (column + 0.5) / painted), between(1, 1 - (row + 0.5) / painted));
    paint(layers, weights, code).forEach((value, pixel) => {
      const y = row * pictureSide + Math.floor(pixel / pictureSide);
      data[y * width + column * pictureSide + (pixel % pictureSide)] = coarse(greyByte(value));
    });
  }
  return { width, height: width, channels: 1, data };
});

/** One of 32 greys, which halves the file: the pictures are small, and the reader sees any of them whole by pointing. */
function coarse(grey: number): number {
  return Math.round((grey / 255) * 31) * (255 / 31);
}

function expectTwo(run: Run, width: number): void {
  if (width === 2) return;
  throw new RunProblem("BROKEN", `the code of the run "${run.name}" has ${width} numbers: expected two for a plane`);
}
