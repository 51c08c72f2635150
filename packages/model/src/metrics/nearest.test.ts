import { expect, it } from "vitest";
import { countNearestOfSameClass, isNearestRow, nearestRows } from "./nearest.ts";

const rows = { values: Float32Array.of(0, 0, 3, 4, 1, 0, 0, 2), width: 2 };

it("rows come nearest first, with their Euclidean distance", () => {
  expect(nearestRows(rows, Float32Array.of(0, 0), { count: 3 })).toEqual([
    { row: 0, distance: 0 },
    { row: 2, distance: 1 },
    { row: 3, distance: 2 },
  ]);
  expect(nearestRows(rows, Float32Array.of(3, 3), { count: 1 })).toEqual([{ row: 1, distance: 1 }]);
});

it("rows before the first one asked for are not looked at", () => {
  expect(nearestRows(rows, Float32Array.of(0, 0), { count: 1, from: 1 })).toEqual([{ row: 2, distance: 1 }]);
});

it("of equal rows the earlier comes first", () => {
  const equal = { values: Float32Array.of(1, -1, 1), width: 1 };
  expect(nearestRows(equal, Float32Array.of(0), { count: 2 }).map(({ row }) => row)).toEqual([0, 1]);
});

it("a row is nearest when no other is nearer", () => {
  expect(isNearestRow(rows, 2, Float32Array.of(0.9, 0.1))).toBe(true);
  expect(isNearestRow(rows, 0, Float32Array.of(0.9, 0.1))).toBe(false);
});

it("the first rows look for their own class among the last ones only", () => {
  const digits = { values: Float32Array.of(0, 10, 0.1, 9, 1), width: 1 };
  // Row 0 finds row 4, row 1 finds row 3.
  expect(countNearestOfSameClass(digits, [7, 8, 0, 8, 7], { asked: 2, among: 2 })).toBe(2);
  expect(countNearestOfSameClass(digits, [7, 8, 0, 7, 7], { asked: 2, among: 2 })).toBe(1);
});
