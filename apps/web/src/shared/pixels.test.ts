import { expect, it } from "vitest";
import { pictureAt, pixelCount } from "./pixels.ts";

it("a picture is found among several", () => {
  const pictures = Uint8Array.from({ length: 3 * pixelCount }, (_, at) => Math.floor(at / pixelCount));
  expect(new Set(pictureAt(pictures, 2))).toEqual(new Set([2]));
  expect(pictureAt(pictures, 2)).toHaveLength(pixelCount);
});
