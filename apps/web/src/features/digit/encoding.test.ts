import { expect, it } from "vitest";
import { decodeBytes, decodeFloats, encodeBytes, encodeFloats, pack, unpack } from "./encoding.ts";

it("numbers as base64 come back to the last bit, and are what Node's Buffer writes", () => {
  const values = Float32Array.of(0, -1.895, 1 / 3, 3.4e38, -1e-40, Number.NaN);
  expect(encodeFloats(values)).toBe(Buffer.from(values.buffer).toString("base64"));
  expect(decodeFloats(encodeFloats(values))).toEqual(values);
  const bytes = Uint8Array.of(0, 1, 127, 128, 255);
  expect(encodeBytes(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  expect(decodeBytes(encodeBytes(bytes))).toEqual(bytes);
});

it("what lies deep in a value comes back as it was: floats, numbers that JSON lacks, and all else", () => {
  const value = {
    layer: "dense",
    groups: [
      { inputs: Float32Array.of(1 / 3, Number.NaN), weights: new Float32Array(0), subtotal: 0.1 + 0.2 },
      { inputs: Float32Array.of(-0), weights: Float32Array.of(1e-40), subtotal: Number.NaN },
    ],
    sum: Number.NEGATIVE_INFINITY,
    flags: [true, null, 'a "word"'],
  };
  expect(unpack(pack(value))).toEqual(value);
});
