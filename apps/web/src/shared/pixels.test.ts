import { expect, it } from "vitest";
import { pictureAt, pixelCount, pixelFloats } from "./pixels.ts";

it("bytes become pixels from 0 to 1", () => {
  expect([...pixelFloats(Uint8Array.of(0, 51, 255))]).toEqual([0, Math.fround(0.2), 1]);
});

it("a picture is found among several", () => {
  const pictures = Uint8Array.from({ length: 3 * pixelCount }, (_, at) => Math.floor(at / pixelCount));
  expect(new Set(pictureAt(pictures, 2))).toEqual(new Set([2]));
  expect(pictureAt(pictures, 2)).toHaveLength(pixelCount);
});
