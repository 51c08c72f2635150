import { describe, expect, it } from "vitest";
import { typedNumber } from "./typed-number.ts";

describe("a typed number", () => {
  it.each([
    ["-1", -1],
    ["−0.25", -0.25],
    ["+.5", 0.5],
    ["0,5", 0.5],
    ["-,5", -0.5],
    [" 2. ", 2],
    ["007", 7],
  ])("is %j", (text, value) => expect(typedNumber(text)).toBe(value));

  it.each(["", " ", "-", "+", ".", "-.", ",", "1e5", "0x1", "1,000.5", "1-", "--1", "Infinity", "NaN", "one"])(
    "is not %j",
    (text) => expect(typedNumber(text)).toBeUndefined(),
  );
});
