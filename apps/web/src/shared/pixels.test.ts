import { expect, it } from "vitest";
import { pictureAt, pixelCount, shiftedRight } from "./pixels.ts";

it("a picture is found among several", () => {
  const pictures = Uint8Array.from({ length: 3 * pixelCount }, (_, at) => Math.floor(at / pixelCount));
  expect(new Set(pictureAt(pictures, 2))).toEqual(new Set([2]));
  expect(pictureAt(pictures, 2)).toHaveLength(pixelCount);
});

it("a picture that moves to the right loses its last columns and gets black ones", () => {
  expect([...shiftedRight(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 1)]).toEqual([0, 1, 2, 0, 4, 5, 0, 7, 8]);
});
