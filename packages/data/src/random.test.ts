import { expect, it } from "vitest";
import { sfc32, splitmix32 } from "./random.ts";

/** Reference values from a Python implementation with unbounded integers. */
it("draws the reference words of splitmix32 and sfc32", () => {
  const fill = splitmix32(1);
  expect([fill(), fill(), fill(), fill()]).toEqual([1580013426, 350525680, 3524174333, 3011703609]);
  const next = sfc32([1, 2, 3, 1]);
  expect([next(), next(), next(), next(), next(), next()]).toEqual([
    4, 31, 56623170, 132259135, 3317874561, 1410031969,
  ]);
});
