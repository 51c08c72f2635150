import { describe, expect, it } from "vitest";
import { exponential, fixed, integer, percent, printedLoss, roundingLeft, signed } from "./format.ts";

describe("numbers", () => {
  it("have typographic signs and fixed decimals, and no minus before nothing", () => {
    expect([signed(-0.31), signed(1.2, 4), fixed(-1.25, 2), fixed(-0.00001), fixed(0.5)]).toEqual([
      "−0.310",
      "+1.2000",
      "−1.25",
      "0.0000",
      "0.5000",
    ]);
  });

  it("tell of an error of 0 over a baseline of 0, and over one of none", () => {
    expect([fixed(0 / 0), fixed(1 / 0), fixed(-1 / 0, 2)]).toEqual(["–", "∞", "−∞"]);
  });

  it("close a displayed sum with what rounding left", () => {
    expect(roundingLeft([0.00006, 0.00006], 0.00012)).toBeCloseTo(-0.0001, 9);
    expect(roundingLeft([0.5, 0.25], 0.75)).toBe(0);
  });

  it("are grouped by thousands, taken as hundredths, or named when they are not finite", () => {
    expect([integer(98_848), percent(0.1234), percent(-0.5, 0), printedLoss(0.002133), printedLoss(null)]).toEqual([
      "98,848",
      "12.3 %",
      "−50 %",
      "0.00213",
      "not finite",
    ]);
  });

  it("prints powers of ten, exact zeros and what was not measured", () => {
    expect([2.2e-1, 2e-9, 0, Number.NaN].map((value) => exponential(value))).toEqual(["2.2e−1", "2.0e−9", "0", "–"]);
    expect(exponential(-1e-6, 0)).toBe("−1e−6");
  });
});
