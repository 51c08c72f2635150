import { describe, expect, it } from "vitest";
import { assignmentSettings, canGoOn, choices, drawingPlaces } from "./settings.ts";

describe("a changed setting", () => {
  it.each([
    { learningRate: 0.01 },
    { batchSize: 16 },
    { loss: "bce" },
    { optimizer: "sgd" },
    { outputBias: 0 },
  ] as const)("goes on where the network and its start are the same: %o", (change) =>
    expect(canGoOn(assignmentSettings, { ...assignmentSettings, ...change })).toBe(true),
  );

  it.each([
    { latent: 2 },
    { filters: 8 },
    { images: 54_000 },
    { seed: 4 },
    { start: "trained" },
    { drawing: "train" },
  ] as const)("starts anew with another network, start or pictures: %o", (change) =>
    expect(canGoOn(assignmentSettings, { ...assignmentSettings, ...change })).toBe(false),
  );
});

it("a drawing takes the last twentieth of the pictures that are trained on", () => {
  expect(choices.images.map((images) => drawingPlaces({ images }))).toEqual([
    { from: 3800, to: 4000 },
    { from: 17_100, to: 18_000 },
    { from: 51_300, to: 54_000 },
  ]);
});
