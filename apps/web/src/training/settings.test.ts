import { describe, expect, it } from "vitest";
import { assignmentSettings, canGoOn, choices, drawingPlaces, settableBias, withOwnBias } from "./settings.ts";

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

it("trained weights bring their own output bias; random ones have the one that is set", () => {
  const start = { run: "assignment", files: [], weights: Float32Array.of(0.5, -1.98412) };
  const trained = { ...assignmentSettings, start: "trained" } as const;
  expect(withOwnBias(trained, start)).toEqual({ ...trained, outputBias: -1.98 });
  expect(withOwnBias(assignmentSettings, start)).toBe(assignmentSettings);
});

it.each([
  [-1.98, -2],
  [-1.8499, -1.85],
  [-7, -4],
  [3, 1],
])("the bias %d can be set to %d at best", (value, expected) => expect(settableBias(value)).toBe(expected));

it("a drawing takes the last twentieth of the pictures that are trained on", () => {
  expect(choices.images.map((images) => drawingPlaces({ images }))).toEqual([
    { from: 3800, to: 4000 },
    { from: 17_100, to: 18_000 },
    { from: 51_300, to: 54_000 },
  ]);
});
