import { expect, it } from "vitest";
import { createRandom, sfc32, splitmix32 } from "./random.ts";

/** Reference values from a Python implementation with unbounded integers. */
it("draws the reference words of splitmix32 and sfc32", () => {
  const fill = splitmix32(1);
  expect([fill(), fill(), fill(), fill()]).toEqual([1580013426, 350525680, 3524174333, 3011703609]);
  const next = sfc32([1, 2, 3, 1]);
  expect([next(), next(), next(), next(), next(), next()]).toEqual([
    4, 31, 56623170, 132259135, 3317874561, 1410031969,
  ]);
});

it("gives a seed's numbers, another stream others, as the Python implementation does", () => {
  const seed = createRandom(3);
  expect([seed.next(), seed.next(), seed.next()]).toEqual([
    0.24899559281766415, 0.4637565338052809, 0.8882565817330033,
  ]);
  const stream = createRandom(3, 1, 2);
  expect([stream.next(), stream.next()]).toEqual([0.38358372380025685, 0.5611214942764491]);
});

it("draws uniform, whole and normal numbers with the moments of their distributions", () => {
  const random = createRandom(1);
  const mean = (draw: () => number) =>
    Array.from({ length: 40_000 }, draw).reduce((sum, value) => sum + value) / 40_000;
  // Four standard errors of 40,000 draws: 0.0058 for a uniform number, 0.02 for a normal one and 0.028 for its square.
  expect(Math.abs(mean(random.next) - 0.5)).toBeLessThan(0.0058);
  expect(Math.abs(mean(random.normal))).toBeLessThan(0.02);
  expect(Math.abs(mean(() => random.normal() ** 2) - 1)).toBeLessThan(0.0283);
  const counts = [0, 0, 0];
  for (let draw = 0; draw < 3000; draw++) counts[random.int(3)]! += 1;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(104);
});
