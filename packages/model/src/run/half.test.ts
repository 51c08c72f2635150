import { describe, expect, it } from "vitest";
import { floatToHalf, halfToFloat } from "./half.ts";

describe("half-precision numbers", () => {
  it("survive the way to float32 and back, all 65,536 of them", () => {
    for (let half = 0; half < 65_536; half++) {
      const value = halfToFloat(half);
      if (Number.isNaN(value)) expect(floatToHalf(value) & 0x7e00).toBe(0x7e00);
      else if (floatToHalf(value) !== half) throw new Error(`${half} comes back as ${floatToHalf(value)}`);
    }
  });

  // From IEEE 754: 1, −2, the greatest, the least normal, the least subnormal, infinity.
  it.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65_504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [Number.POSITIVE_INFINITY, 0x7c00],
    [-0, 0x8000],
  ])("%d is %i", (value, half) => {
    expect(floatToHalf(value)).toBe(half);
    expect(halfToFloat(half)).toBe(value);
  });

  it("round to nearest, ties to even", () => {
    const step = 2 ** -10; // between 1 and 2
    expect(floatToHalf(1 + step / 2)).toBe(0x3c00); // a tie: down to even
    expect(floatToHalf(1 + (3 * step) / 2)).toBe(0x3c02); // a tie: up to even
    expect(floatToHalf(1 + step * 0.51)).toBe(0x3c01);
    expect(floatToHalf(65_519.9)).toBe(0x7bff);
    expect(floatToHalf(65_520)).toBe(0x7c00); // a tie with infinity
    expect(floatToHalf(2 ** -25)).toBe(0); // a tie: down to zero
    expect(floatToHalf(3 * 2 ** -25)).toBe(2); // a tie: up to even
  });
});
