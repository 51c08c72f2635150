import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential, fixed, integer, percent, printedLoss, printedSum, signed, withoutZero } from "./format.ts";

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

  it("lose the 0 before the point where room is short, and no other", () => {
    const printed = ["0.992", "+0.171", "−0.310", "0.000", "10.250", "−20.0", "–", "∞"];
    expect(printed.map(withoutZero)).toEqual([".992", "+.171", "−.310", ".000", "10.250", "−20.0", "–", "∞"]);
  });

  it("tell of an error of 0 over a baseline of 0, and over one of none", () => {
    expect([fixed(0 / 0), fixed(1 / 0), fixed(-1 / 0, 2)]).toEqual(["–", "∞", "−∞"]);
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

  it("groups the digits of every number as the language does", () => {
    const numbers = [0, 7, 100, 999, 1000, 12_345, 999_999, 1_000_000, 9_007_199_254_740_991, 0.5, 1234.5678, 1e21];
    for (const value of [...numbers, ...numbers.map((one) => -one)]) {
      if (!Object.is(value, -0)) expect(integer(value)).toBe(value.toLocaleString("en-US"));
    }
  });

  it("prints powers of ten, exact zeros and what was not measured", () => {
    expect([2.2e-1, 2e-9, 0, Number.NaN].map((value) => exponential(value))).toEqual(["2.2e−1", "2.0e−9", "0", "–"]);
    expect(exponential(-1e-6, 0)).toBe("−1e−6");
  });
});

describe("a printed sum", () => {
  it("says what its printed parts add up to, where that is another number", () => {
    expect(printedSum([0.104_36, 0.000_97], 0.105_33)).toEqual({
      parts: ["+0.1044", "+0.0010"],
      sum: "+0.1053",
      printed: "+0.1054",
    });
    expect(printedSum([0.5, -0.75], -0.25, 2)).toEqual({ parts: ["+0.50", "−0.75"], sum: "−0.25", printed: undefined });
    expect(printedSum([0.0344, 0.0694], 0.1038, 2, 4)).toMatchObject({ sum: "+0.1038", printed: "+0.10" });
    expect(printedSum([], 0)).toEqual({ parts: [], sum: "+0.0000", printed: undefined });
  });

  /** A printed number in whole units of its last digits, read from its text alone. */
  const unitsOf = (text: string, decimals: number): bigint => {
    const [, sign, whole, rest = ""] = /^([+−])(\d+)(?:\.(\d+))?$/.exec(text) as RegExpExecArray;
    return BigInt(`${sign === "−" ? "-" : ""}${whole}${rest.padEnd(decimals, "0")}`);
  };
  const number = fc.double({ min: -1000, max: 1000, noNaN: true });
  const decimals = fc.integer({ min: 0, max: 6 });

  it("adds up as it is printed, or states what the printed parts add up to", () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 40 }), decimals, decimals, (terms, ofParts, ofSum) => {
        const sum = terms.reduce((total, term) => total + term, 0);
        const line = printedSum(terms, sum, ofParts, ofSum);
        const finest = Math.max(ofParts, ofSum);
        const total = line.parts.map((part) => unitsOf(part, finest)).reduce((left, part) => left + part, 0n);
        expect(line.parts).toEqual(terms.map((term) => signed(term, ofParts)));
        expect(line.sum).toBe(signed(sum, ofSum));
        if (line.printed === undefined) expect(unitsOf(line.sum, finest)).toBe(total);
        else {
          expect(unitsOf(line.printed, finest)).toBe(total);
          expect(unitsOf(line.sum, finest)).not.toBe(total);
        }
      }),
    );
  });
});
