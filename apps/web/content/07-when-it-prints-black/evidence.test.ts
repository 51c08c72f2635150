import { wilson } from "@autoencoder/model";
import { describe, expect, it } from "vitest";
import { hasCollapsed, tellingMoments } from "./measured.ts";
import { sumGradients } from "./saturation.tsx";

const moment = (step: number, more = {}) => ({
  step,
  trainMse: 0,
  gradientNorm: 1,
  outputMean: 0.1,
  preActivationMean: 0,
  preActivationMin: 0,
  outputBias: 0,
  liveMaps: 32,
  lastMapsMean: 0,
  ...more,
});

describe("evidence of a collapse", () => {
  it("is a black picture and no gradient, both", () => {
    expect(hasCollapsed(moment(422, { outputMean: 7e-14, gradientNorm: 0 }))).toBe(true);
    expect(hasCollapsed(moment(422, { outputMean: 7e-14 }))).toBe(false); // it may still climb out
    expect(hasCollapsed(moment(422, { gradientNorm: 0 }))).toBe(false);
  });

  it("is told at the first steps, at the first epoch's end and at the end", () => {
    const steps = [0, 10, 200, 422, 844, 1266].map((step) => moment(step));
    expect(tellingMoments(steps, 422).map(({ step }) => step)).toEqual([0, 10, 200, 422, 1266]);
  });
});

/** All shares p for which seeing `count` of `of` is no surprise: Wilson's interval by its definition, by search. */
function byDefinition(count: number, of: number) {
  const fits = Array.from({ length: 100_001 }, (_, at) => at / 100_000).filter(
    (p) => Math.abs(count / of - p) <= 1.96 * Math.sqrt((p * (1 - p)) / of),
  );
  return [Math.min(...fits.slice(0, 1)), Math.max(...fits.slice(-1))];
}

describe("an interval for a share", () => {
  it.each([
    [11, 12],
    [4, 6],
    [3, 6],
    [0, 5],
  ])("of %i in %i holds every share that the count would not surprise", (count, of) => {
    const [low, high] = byDefinition(count, of) as [number, number];
    expect(wilson(count, of)[0]).toBeCloseTo(low, 4);
    expect(wilson(count, of)[1]).toBeCloseTo(high, 4);
  });
});

describe("gradients by the sum before a sigmoid", () => {
  const sigmoid = (sum: number) => 1 / (1 + Math.exp(-sum));
  const losses = {
    mse: (sum: number, x: number) => (sigmoid(sum) - x) ** 2,
    bce: (sum: number, x: number) => -x * Math.log(sigmoid(sum)) - (1 - x) * Math.log(1 - sigmoid(sum)),
  };
  it.each([
    [0, 1],
    [-2, 1],
    [-5, 0.3],
    [3, 0],
  ])("at %f for a pixel of %f are finite differences of the losses", (sum, x) => {
    for (const loss of ["mse", "bce"] as const) {
      const slope = (losses[loss](sum + 1e-5, x) - losses[loss](sum - 1e-5, x)) / 2e-5;
      expect(sumGradients(sum, x)[loss]).toBeCloseTo(slope, 6);
    }
  });
});
