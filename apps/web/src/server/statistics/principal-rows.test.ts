import { createRandom } from "@autoencoder/data";
import { expect, it } from "vitest";
import { principalRows } from "./principal-rows.ts";

it("the directions of most variance are found among bytes, and are orthonormal", async () => {
  // Two independent grey levels, drawn along two known patterns of 16 pixels; the first varies three times as much.
  const random = createRandom(5);
  const patterns = [(pixel: number) => (pixel < 8 ? 1 : 0), (pixel: number) => (pixel % 2 === 0 ? 1 : -1)];
  const pictures = Uint8Array.from({ length: 1000 * 16 }, () => 0);
  for (let picture = 0; picture < 1000; picture++) {
    const levels = [30 * random.normal(), 10 * random.normal()] as const;
    for (let pixel = 0; pixel < 16; pixel++) {
      const value = 128 + patterns.reduce((sum, pattern, at) => sum + (levels[at] as number) * pattern(pixel), 0);
      pictures[picture * 16 + pixel] = Math.round(Math.min(255, Math.max(0, value)));
    }
  }
  const axes = await principalRows(pictures, 16, 2);
  const column = (at: number) => Array.from({ length: 16 }, (_, row) => axes[row * 2 + at] as number);
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
  expect(dot(column(0), column(0))).toBeCloseTo(1, 5);
  expect(dot(column(1), column(1))).toBeCloseTo(1, 5);
  expect(dot(column(0), column(1))).toBeCloseTo(0, 5);
  const unit = (pattern: (pixel: number) => number) => {
    const values = Array.from({ length: 16 }, (_, pixel) => pattern(pixel));
    return values.map((value) => value / Math.hypot(...values));
  };
  // The patterns are orthogonal, so that they are the principal directions themselves.
  expect(Math.abs(dot(column(0), unit(patterns[0] as (pixel: number) => number)))).toBeGreaterThan(0.995);
  expect(Math.abs(dot(column(1), unit(patterns[1] as (pixel: number) => number)))).toBeGreaterThan(0.995);
});
