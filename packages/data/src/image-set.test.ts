import { expect, it } from "vitest";
import { floatsOf, ImageSet } from "./image-set.ts";

const set = new ImageSet(
  { count: 3, rows: 1, columns: 2, pixels: Uint8Array.of(0, 51, 255, 102, 1, 2) },
  Uint8Array.of(0, 1, 0),
);

it("a picture's bytes are those of its file", () => {
  expect(set.bytes(1)).toEqual(Uint8Array.of(255, 102));
  expect(set.bytes(1, 3)).toEqual(Uint8Array.of(255, 102, 1, 2));
  expect(set.bytes(1).buffer).toBe(set.pixels.buffer);
});

it("its floats are float32 in [0, 1]", () => {
  expect(set.floats(0)).toEqual(Float32Array.of(0, 0.2));
  expect(set.floats(0, 2)).toEqual(Float32Array.of(0, 0.2, 1, 0.4));
});

it("a batch holds the pictures asked for, in that order, as float32 in [0, 1]", () => {
  expect(set.gather(Uint32Array.of(1, 0))).toEqual(Float32Array.of(1, 0.4, 0, 0.2));
  expect(set.gather(new Uint32Array(0))).toEqual(new Float32Array(0));
});

it("bytes become pixels from 0 to 1", () => {
  expect([...floatsOf(Uint8Array.of(0, 51, 255))]).toEqual([0, Math.fround(0.2), 1]);
});
