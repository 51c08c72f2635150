import { expect, it } from "vitest";
import { pixelFloats } from "./pixels.ts";

it("bytes become pixels from 0 to 1", () => {
  expect([...pixelFloats(Uint8Array.of(0, 51, 255))]).toEqual([0, Math.fround(0.2), 1]);
});
