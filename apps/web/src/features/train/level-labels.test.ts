import { logScale } from "@autoencoder/ui";
import { describe, expect, it } from "vitest";
import { levelLabels } from "./level-labels.ts";

const ladder = [
  { name: "black", value: 0.1114 },
  { name: "grey", value: 0.0943 },
  { name: "mean", value: 0.067 },
  { name: "PCA", value: 0.008 },
];

describe("the names of levels", () => {
  it("stand above their lines where there is room", () => {
    const levels = [ladder[0]!, ladder[3]!];
    expect(levelLabels(levels, (value) => 1000 - 5000 * value)).toEqual([
      { text: "black", y: 439 },
      { text: "PCA", y: 956 },
    ]);
  });

  it("are shared by two lines that are too near, and stand below where the line above is near", () => {
    const heights: Record<number, number> = { 0.1114: 20, 0.0943: 26, 0.067: 37, 0.008: 120 };
    expect(levelLabels(ladder, (value) => heights[value] as number)).toEqual([
      { text: "black, below it grey", y: 16 },
      { text: "mean", y: 50 },
      { text: "PCA", y: 116 },
    ]);
  });

  it.each([0.05, 0.02, 0.0067, 0.0016])("stand apart by a line of text where the scale begins at %d", (low) => {
    const scale = logScale([low, 0.134], [164, 12]);
    const heights = levelLabels(ladder, (value) => scale(Math.max(low, value))).map(({ y }) => y);
    for (const [at, height] of heights.entries())
      if (at > 0) expect(height - (heights[at - 1] as number)).toBeGreaterThanOrEqual(13);
  });
});
