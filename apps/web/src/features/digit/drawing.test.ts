import { inkExtent } from "@autoencoder/ui";
import { describe, expect, it } from "vitest";
import { Drawing, strokePath } from "./drawing.ts";

/** A drawing of one upright stroke at x, from 5 to 20 pixels. */
function drawn(...columns: number[]): Drawing {
  const drawing = new Drawing();
  for (const x of columns) {
    drawing.begin({ x, y: 5 }, 2);
    drawing.extend({ x, y: 20 });
    drawing.end();
  }
  return drawing;
}

describe("Drawing", () => {
  it("leaves ink as wide as the pen where it went", () => {
    const extent = inkExtent(drawn(10).ink);
    // 10 ink pixels to a pixel; a stroke's edge is a ramp one ink pixel wide, and its ends are round.
    expect(extent).toMatchObject({ left: 90, right: 110, top: 40, bottom: 210 });
    expect(extent?.centreX).toBeCloseTo(100, 1);
    expect(extent?.centreY).toBeCloseTo(125, 1);
  });

  it("undoes stroke by stroke, ink and all", () => {
    const drawing = drawn(10, 20);
    drawing.undo();
    expect(drawing.strokes).toHaveLength(1);
    expect(drawing.ink.values).toEqual(drawn(10).ink.values);
    drawing.undo();
    expect(drawing.empty).toBe(true);
    expect(inkExtent(drawing.ink)).toBeUndefined();
  });

  it("draws a dot with a tap, and nothing with a pen that is up", () => {
    const drawing = new Drawing();
    drawing.extend({ x: 3, y: 3 });
    expect(drawing.empty).toBe(true);
    drawing.begin({ x: 14, y: 14 }, 2);
    drawing.end();
    drawing.extend({ x: 20, y: 20 });
    expect(drawing.strokes[0]?.points).toEqual([{ x: 14, y: 14 }]);
    const dot = drawing.ink.values.reduce((sum, value) => sum + value, 0);
    expect(dot).toBeCloseTo(Math.PI * 10 ** 2, -1); // a circle of 10 ink pixels' radius: 314
  });

  it("keeps a pen that leaves the pad at its edge", () => {
    const drawing = new Drawing();
    drawing.begin({ x: -4, y: 40 }, 2);
    expect(drawing.strokes[0]?.points).toEqual([{ x: 0, y: 28 }]);
  });
});

describe("strokePath", () => {
  it("writes a line through all points, and a dot as a line to itself", () => {
    const points = [
      { x: 1, y: 2 },
      { x: 3.14359, y: 4 },
    ];
    expect(strokePath({ width: 2, points })).toBe("M1 2L3.14 4");
    expect(strokePath({ width: 2, points: points.slice(0, 1) })).toBe("M1 2L1 2");
  });
});
