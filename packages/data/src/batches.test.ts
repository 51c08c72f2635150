import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { epochOrder } from "./batches.ts";

describe("the order of an epoch", () => {
  it("shows every picture once", () => {
    expect([...epochOrder(1000, 3, 1)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it("is the one that an implementation in Python gives, for all 54,000 pictures too", () => {
    expect([...epochOrder(10, 3, 1)]).toEqual([1, 7, 5, 8, 6, 3, 4, 9, 0, 2]);
    expect([...epochOrder(10, 3, 2)]).toEqual([7, 6, 1, 2, 8, 0, 9, 4, 5, 3]);
    const bytes = Buffer.alloc(54_000 * 4);
    epochOrder(54_000, 3, 1).forEach((picture, at) => {
      bytes.writeUInt32LE(picture, at * 4);
    });
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(
      "60a458a2c5299208c3eb377506cc70b07773542d75848c7e68551700d04659ca",
    );
  });

  it("is a pure function of count, seed and epoch", () => {
    expect(epochOrder(100, 3, 2)).toEqual(epochOrder(100, 3, 2));
    expect(epochOrder(100, 3, 2)).not.toEqual(epochOrder(100, 3, 1));
    expect(epochOrder(100, 4, 2)).not.toEqual(epochOrder(100, 3, 2));
  });
});
