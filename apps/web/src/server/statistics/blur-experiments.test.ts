import { expect, it } from "vitest";
import { blurOf } from "./blur-experiments.ts";

it("the blur of a sharp edge is none, of a soft one its grey; the steepness is the height over the width", () => {
  const side = 6;
  const picture = (row: readonly number[]) =>
    Float32Array.from({ length: side ** 2 }, (_, at) => row[at % side] as number);
  const sharp = blurOf(picture([0, 0, 0, 1, 1, 1]), side);
  const soft = blurOf(picture([0, 0, 0.5, 1, 1, 1]), side);
  expect(sharp.grey).toBe(0);
  expect(soft.grey).toBeCloseTo(1 / 6, 9); // one column of six
  // Rows 0 to 4, columns 0 to 4 have both neighbours: every row climbs by 1 in all.
  expect(sharp.steepness).toBeCloseTo(5 / 25, 9);
  expect(soft.steepness).toBeCloseTo(5 / 25, 9);
  const diagonal = Float32Array.from({ length: side ** 2 }, (_, at) => Math.floor(at / side) / 10 + (at % side) / 10);
  expect(blurOf(diagonal, side).steepness).toBeCloseTo(Math.hypot(0.1, 0.1), 6);
});

it("two pictures are measured together, and not across the border between them", () => {
  const black = new Float32Array(9);
  const grey = new Float32Array(9).fill(0.5);
  const both = blurOf(Float32Array.from([...black, ...grey]), 3);
  expect(both).toEqual({ grey: 0.5, steepness: 0 });
});
