import { describe, expect, it } from "vitest";
import type { TrainerEvent } from "./events.ts";
import { advance, mostPoints, type TrainingProgress } from "./progress.ts";

/** What a page makes of a training's events. */

const all = (events: TrainerEvent[], from?: TrainingProgress) =>
  events.reduce<TrainingProgress | undefined>((progress, event) => advance(progress, event), from) as TrainingProgress;
const attempt = (resumes: boolean): TrainerEvent => ({ event: "attempt", attempt: 1, resumes });
const start: TrainerEvent = {
  event: "start",
  run: "few",
  recipe: "fast",
  engine: "wasm",
  device: "a processor",
  images: { train: 90, validation: 10, test: 100 },
  epochs: 2,
};
const step = (epoch: number, batch: number, loss: number | null): TrainerEvent => ({
  event: "step",
  epoch,
  batch,
  batches: 4,
  loss,
  imagesPerSecond: 100,
  secondsLeft: 8,
});
const epoch = (number: number, loss: number): TrainerEvent => ({
  event: "epoch",
  epoch: number,
  loss,
  valLoss: loss + 0.01,
  seconds: 4,
  imagesPerSecond: 90,
  residentBytes: 1,
});

describe("a training's progress", () => {
  it("goes from its start over steps and epochs to the published run", () => {
    const begun = all([attempt(false), start]);
    expect(begun).toMatchObject({ phase: "starting", engine: "wasm", epochs: 2, points: [] });
    const trains = all([step(1, 1, 0.2), step(1, 4, 0.15), epoch(1, 0.15), step(2, 2, 0.12)], begun);
    expect(trains).toMatchObject({ phase: "training", epoch: 2, batch: 2, loss: 0.12, valLoss: 0.16, secondsLeft: 8 });
    // The epoch's own loss takes the place of its last step's.
    expect(trains.points).toEqual([[0.25, 0.2], [1, 0.15], [1.5, 0.12]]); // biome-ignore format: a point a pair
    expect(all([epoch(2, 0.1)], trains).phase).toBe("measuring");
    const test = { mse: 0.09, psnr: 20, ssim: 0.5 };
    const published = all([{ event: "published", run: "few", folder: "", status: "complete", test }], trains);
    expect(published).toMatchObject({ phase: "published", testMse: 0.09, secondsLeft: 0 });
  });

  it("that is resumed goes on with its line, from where its checkpoint stands", () => {
    const stopped = all([attempt(false), start, step(1, 2, 0.2), epoch(1, 0.15), step(2, 3, 0.1)]);
    expect(all([{ event: "stopped", saved: "epoch 1", next: "" }], stopped).phase).toBe("stopped");
    const resumed = all([attempt(true), start, { event: "resumed", epoch: 1, batch: 0 }, step(2, 1, 0.14)], stopped);
    expect(resumed.points).toEqual([[0.5, 0.2], [1, 0.15], [1.25, 0.14]]); // biome-ignore format: a point a pair
    expect(all([attempt(false), start], stopped).points).toEqual([]);
  });

  it("leaves a loss out that is not finite, says that it collapsed, and why it failed", () => {
    const bad = all([start, step(1, 1, null), { event: "collapse", epoch: 1, batch: 1, explanation: "" }]);
    expect(bad).toMatchObject({ loss: null, collapsed: true, points: [] });
    expect(all([{ event: "error", message: "diverged" }], bad).phase).toBe("failed");
    expect(all([{ event: "earlyStop", epoch: 1, best: 1 }], bad).phase).toBe("measuring");
    expect(all([{ event: "estimate", training: 9, publishing: 1 }], bad).secondsLeft).toBe(9);
  });

  it("keeps some points of many, the last among them", () => {
    const many = Array.from({ length: 1000 }, (_, at) => step(1 + Math.floor(at / 4), 1 + (at % 4), 1 / (at + 1)));
    const { points } = all([start, ...many]);
    expect(points.length).toBeLessThanOrEqual(mostPoints);
    expect(points.length).toBeGreaterThan(mostPoints / 2 - 2);
    expect(points.at(-1)).toEqual([250, 0.001]);
    expect(points).toEqual([...points].sort(([one], [other]) => one - other));
  });
});
