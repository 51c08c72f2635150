import { expect, it } from "vitest";
import { trainValidationSplit } from "./split.ts";

it("splits MNIST's training images as Keras does with validation_split=0.1", () => {
  expect(trainValidationSplit(60_000, 0.1)).toEqual({ train: 54_000, validation: 6_000 });
});

it("rounds the training part down and allows no validation", () => {
  expect(trainValidationSplit(11, 0.25)).toEqual({ train: 8, validation: 3 });
  expect(trainValidationSplit(11, 0)).toEqual({ train: 11, validation: 0 });
});

it("refuses a split that is no fraction or leaves nothing to train on", () => {
  expect(() => trainValidationSplit(10, 1)).toThrow(/at least 0 and below 1 but got 1/);
  expect(() => trainValidationSplit(10, Number.NaN)).toThrow(/got NaN/);
  expect(() => trainValidationSplit(1, 0.5)).toThrow(/1 are too few/);
});
