import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun, type Run } from "@autoencoder/model/run";
import { describe, expect, it } from "vitest";
import { reportQuestions } from "./questions.ts";
import { technologiesTable } from "./tables.ts";

const load = (name: string) =>
  parseRun(readFileSync(join(import.meta.dirname, "../../../../../artifacts", name, "run.json"), "utf8"));
const run = load("assignment");
const answer = (of: Run, id: "loss-curve" | "bottleneck" | "conclusion") => reportQuestions(of)[id].modelAnswer;

/** The run with every loss made from its epoch. */
const withLosses = (loss: (epoch: number) => number, valLoss: (epoch: number) => number): Run => ({
  ...run,
  history: run.history.map((record) => ({ ...record, loss: loss(record.epoch), valLoss: valLoss(record.epoch) })),
});

describe("a teacher's answer follows the numbers of the run", () => {
  it("on a gap, and on a validation loss that rises again", () => {
    const overfit = withLosses(
      (epoch) => 0.01 / epoch,
      (epoch) => 0.01 / Math.min(epoch, 5) + (epoch > 5 ? 0.001 : 0),
    );
    // Training ends at (0.01/18 + 0.01/19 + 0.01/20) / 3 = 0.000527…, validation at 0.003, its best is 0.002.
    expect(answer(overfit, "loss-curve")).toContain("At the end it lies 469\u00a0% above training");
    expect(answer(overfit, "loss-curve")).toContain("Validation ends 50\u00a0% above its best");
    const even = withLosses(
      (epoch) => 0.01 / epoch,
      (epoch) => 0.01 / epoch,
    );
    expect(answer(even, "loss-curve")).toContain("the two are nearly equal");
    expect(answer(even, "loss-curve")).toContain("Since epoch 15 validation has still fallen by 25\u00a0%");
    expect(answer(even, "loss-curve")).not.toContain("validation lies below training");
    expect(answer(overfit, "loss-curve")).not.toContain("validation lies below training");
    const { loss, valLoss } = run.history[0]!;
    expect(answer(run, "loss-curve").includes("validation lies below training")).toBe(valLoss! < loss!);
  });

  it("on PCA, when it is the better code", () => {
    const worse = withLosses(
      () => 0.02,
      () => 0.02,
    );
    expect(answer(run, "bottleneck")).toContain("better than PCA");
    expect(answer(worse, "bottleneck")).toContain(
      `still better: ${run.baselines.pca.toFixed(5)} against ${(0.02).toFixed(5)}`,
    );
    expect(answer(worse, "conclusion")).toContain("better than 2 of 3 things that need no training");
  });

  it("on a collapsed run, with the bias that would have prevented it", () => {
    const collapsed = load("assignment-literal");
    const { meanPixel } = collapsed.dataset;
    expect(answer(collapsed, "conclusion")).toContain(`−${Math.log((1 - meanPixel) / meanPixel).toFixed(3)}`);
    expect(answer(collapsed, "loss-curve")).toContain("The network prints black");
  });
});

it("the numbers beside a question are those of another size of code", () => {
  const layers = run.spec.encoder.layers.map((layer) =>
    layer.className === "Dense" ? { ...layer, units: 16 } : layer,
  );
  const other = { ...run, spec: { ...run.spec, encoder: { ...run.spec.encoder, layers } } };
  const { bottleneck } = reportQuestions(other);
  expect(bottleneck.question).toContain("the 16 numbers");
  expect(bottleneck.numbers[0]).toBe("A picture has 784 pixels, its code 16 numbers: one for 49.0 pixels.");
});

it("tools are listed with the versions that the run recorded, those that are not known by name too", () => {
  const versions = { ...run.engine.versions, cudnn: "9.1" };
  const { rows } = technologiesTable({ ...run, engine: { ...run.engine, versions } });
  const listed = rows.map(([, version]) => version).filter((version) => version !== "–");
  expect(listed.sort()).toEqual(Object.values(versions).sort());
  expect(rows.at(-1)).toEqual(["cudnn", "9.1", "part of the engine"]);
  expect(rows.map(([name]) => name)).not.toContain("tfjs-backend-wasm");
});
