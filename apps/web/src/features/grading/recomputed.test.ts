import { fixtures } from "@autoencoder/model/grading";
import { describe, expect, it } from "vitest";
import { evidenceWith, nothingRecomputed } from "./recomputed.ts";

const recorded = { ...fixtures[0]!.evidence, composition: undefined, validation: undefined, test: undefined };
const run = { recorded, totals: { validation: 6, test: 8, find: 4 } };

describe("what a page has computed", () => {
  it("is nothing at first, so that its checks stay open", () => {
    const { validation, test, found, picture } = evidenceWith(nothingRecomputed(), run);
    expect([validation, test, found, picture]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("gives means over what has come, by class too, and an exact value once all are in", () => {
    const mse = [1, 2, 3, 4, 5, 6, 7, 8];
    const labels = [0, 1, 0, 1, 0, 1, 0, 1];
    const half = {
      ...nothingRecomputed(),
      test: { mse: mse.slice(0, 4), loss: [0, 0, 0, 0], labels: labels.slice(0, 4) },
      found: 3,
    };
    const some = evidenceWith(half, run);
    expect(some.test?.mse).toMatchObject({ mean: 2.5, count: 4, total: 8 });
    expect(some.test?.mse.half).toBeGreaterThan(0);
    expect(some.test?.classes.map(({ digit, mse: own }) => [digit, own.mean])).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(some.found).toEqual({ found: 3, asked: 4, total: 4, among: 4 });
    const all = evidenceWith({ ...half, test: { mse, loss: mse, labels } }, run);
    expect(all.test?.mse).toEqual({ mean: 4.5, half: 0, count: 8, total: 8 });
    expect(all.test?.classes.map(({ mse: own }) => own.half)).toEqual([0, 0]);
    expect(all.found?.asked).toBe(4);
  });

  it("makes a picture that does not open a problem of its file alone", () => {
    const { problems } = evidenceWith({ ...nothingRecomputed(), pictureProblem: "no PNG" }, run);
    expect(problems).toEqual({ "reconstructions.png": "no PNG" });
  });
});
