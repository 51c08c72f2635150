import { expect, it } from "vitest";
import { bytePixels, pictureAt, pixelCount, pixelFloats } from "./pixels.ts";

it("bytes become pixels from 0 to 1", () => {
  expect([...pixelFloats(Uint8Array.of(0, 51, 255))]).toEqual([0, Math.fround(0.2), 1]);
});

it("bytes are drawn as they are", () => {
  const { width, height, channels, data } = bytePixels(Uint8Array.of(0, 1, 254, 255));
  expect([width, height, channels, ...data]).toEqual([2, 2, 1, 0, 1, 254, 255]);
});

it("a picture is found among several", () => {
  const pictures = Uint8Array.from({ length: 3 * pixelCount }, (_, at) => Math.floor(at / pixelCount));
  expect(new Set(pictureAt(pictures, 2))).toEqual(new Set([2]));
  expect(pictureAt(pictures, 2)).toHaveLength(pixelCount);
});
