import { describe, expect, it } from "vitest";
import { createInk, inkSegment, inkStrokes } from "./ink.ts";

const amount = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);

describe("inkSegment", () => {
  it("leaves a dot with the area of a disc", () => {
    const ink = createInk();
    const at = { x: 14, y: 14 };
    inkSegment(ink, 4, [at, at]);
    expect(Math.abs(amount(ink.values) / (Math.PI * 20 ** 2) - 1)).toBeLessThan(0.005); // radius: 2 pixels of 10
  });

  it("leaves a line with the area of a rectangle and two half discs, whatever its direction", () => {
    for (const to of [
      { x: 20, y: 8 },
      { x: 8, y: 20 },
      { x: 8 + 12 * Math.SQRT1_2, y: 8 + 12 * Math.SQRT1_2 },
    ]) {
      const ink = createInk();
      inkSegment(ink, 2, [{ x: 8, y: 8 }, to]);
      expect(Math.abs(amount(ink.values) / (120 * 20 + Math.PI * 10 ** 2) - 1)).toBeLessThan(0.005);
    }
  });

  it("has soft edges, and is nowhere darker than full", () => {
    const ink = createInk();
    inkSegment(ink, 2.4, [
      { x: 4, y: 6 },
      { x: 21, y: 19 },
    ]);
    inkSegment(ink, 2.4, [
      { x: 21, y: 6 },
      { x: 4, y: 19 },
    ]);
    expect(ink.values.some((value) => value > 0.05 && value < 0.95)).toBe(true);
    expect(Math.max(...ink.values)).toBe(1);
  });

  it("draws what lies on the pad of a stroke that leaves it", () => {
    const ink = createInk();
    inkSegment(ink, 2, [
      { x: 26, y: 14 },
      { x: 40, y: 14 },
    ]);
    expect(ink.values[140 * 280 + 279]).toBe(1);
    expect(amount(ink.values)).toBeGreaterThan(0);
  });
});

describe("inkStrokes", () => {
  it("draws the same ink as the segments one after another", () => {
    const points = [
      { x: 3, y: 3 },
      { x: 10, y: 5 },
      { x: 12, y: 20 },
    ];
    const ink = createInk();
    inkSegment(ink, 2, [points[0]!, points[0]!]);
    inkSegment(ink, 2, [points[0]!, points[1]!]);
    inkSegment(ink, 2, [points[1]!, points[2]!]);
    expect(inkStrokes([{ width: 2, points }]).values).toEqual(ink.values);
  });
});
