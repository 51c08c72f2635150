import { tensor } from "@autoencoder/model";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import seeds from "../../apps/web/content/07-when-it-prints-black/seeds.json" with { type: "json" };
import { answer, chapter, numbersIn, runOf, tableOf } from "./chapter-page.ts";
import { testImages } from "./home-page.ts";

/** What chapters tell from the snapshots of trainings, held against the runs' files. */

const [collapsed, healthy] = ["assignment-literal", "assignment"] as const;
const snapshotsOf = (name: string) => tableOf(name, "snapshots");
const stepsOf = (name: string) => Array.from(tensor(snapshotsOf(name), "step").data);
const at = (name: string, figure: string, step: number) =>
  tensor(snapshotsOf(name), figure).data[stepsOf(name).indexOf(step)] as number;
const epochOf = (name: string) => {
  const { dataset, recipe } = runOf(name);
  return Math.ceil(dataset.split.train / recipe.batchSize);
};

describe("training", () => {
  it("asks which loss the training loss measured again is nearer to", () =>
    chapter("training", async (page) => {
      const { loss, valLoss } = runOf(healthy).history[0] as { loss: number; valLoss: number };
      const again = at(healthy, "trainMse", epochOf(healthy));
      const { right, told } = await answer(page, "training-recomputed");
      const nearer = Math.abs(again - loss) < Math.abs(again - valLoss) ? loss : valLoss;
      expect(right).toContain(nearer.toFixed(4));
      expect(told[0]).toBeCloseTo(again, 5);
    }));

  it("draws the training loss in the middle of its epoch and tells the loss measured again", () =>
    chapter("training", async (page) => {
      const curve = page.locator("[data-testid='loss-curve']");
      const line = () => curve.locator("[data-testid='loss-curve-wide'] [data-line='train']").first().getAttribute("d");
      const logged = await line();
      await curve.getByRole("button", { name: "at its middle" }).click();
      expect(await line()).not.toBe(logged);
      await curve.locator("[data-testid='loss-curve-wide']").focus();
      await page.keyboard.press("Home");
      const told = numbersIn(await curve.locator("[data-testid='loss-readout']").innerText());
      expect(told[0]).toBe(1);
      expect(told[3]).toBeCloseTo(at(healthy, "trainMse", epochOf(healthy)), 5);
    }));

  it("shows a digit at a snapshot as the trainer recorded it, by slider, by picture and on the curve", () =>
    chapter("training", async (page) => {
      const figure = page.locator("[data-figure='time-machine']");
      const steps = stepsOf(healthy);
      const place = steps.indexOf(50);
      await figure.getByRole("button", { name: "7", exact: true }).click();
      await figure.getByRole("slider").fill(String(place));
      const table = snapshotsOf(healthy);
      const index = tensor(table, "indices").data[7] as number;
      const bytes = Array.from(
        tensor(table, "reconstructions").data.slice((place * 10 + 7) * 784, (place * 10 + 8) * 784),
      );
      const original = Array.from(testImages.subarray(16 + index * 784, 16 + (index + 1) * 784));
      const mse = bytes.reduce((sum, byte, pixel) => sum + ((byte - (original[pixel] as number)) / 255) ** 2, 0) / 784;
      const moment = () => figure.locator("[data-part='moment']").innerText();
      expect(await moment()).toContain("step 50");
      expect(await moment()).toContain(mse.toFixed(5));
      expect(await moment()).toContain(at(healthy, "trainMse", 50).toFixed(5));
      const film = await figure.getByRole("img", { name: "rebuilt at step 50" }).evaluate(async (element) => {
        const address = /url\("(.+)"\)/.exec(getComputedStyle(element).backgroundImage)?.[1] ?? "";
        const picture = await createImageBitmap(await (await fetch(address)).blob());
        const context = new OffscreenCanvas(picture.width, 28).getContext("2d") as OffscreenCanvasRenderingContext2D;
        context.drawImage(picture, 0, 0);
        return (
          [0, 1].map(() => 0) && { width: picture.width, data: [...context.getImageData(0, 0, picture.width, 28).data] }
        );
      });
      expect(film.width).toBe(28 * (steps.length + 1));
      const frame = (number: number) =>
        Array.from({ length: 784 }, (_, pixel) => {
          const [row, column] = [Math.floor(pixel / 28), pixel % 28];
          return film.data[4 * (row * film.width + number * 28 + column)];
        });
      expect(frame(0)).toEqual(original);
      expect(frame(place + 1)).toEqual(bytes);
      await page.keyboard.press("ArrowRight"); // the slider has the focus
      expect(await moment()).toContain("step 100");
      await figure.getByRole("button", { name: "end of epoch 1", exact: true }).click();
      expect(await moment()).toContain("end of epoch 1");
      await figure.locator("svg").click({ position: { x: 2, y: 60 } });
      expect(await moment()).toContain("before the first step");
    }));
});

describe("when it prints black", () => {
  /** How far a printed number may be from the file's: half of its last decimal, or of its second figure. */
  const printed: Record<string, (value: number) => number> = {
    trainMse: () => 5e-5,
    outputMean: (value) => (value < 5e-4 ? 0.05 * value : 5e-4),
    outputBias: () => 5e-4,
    liveMaps: () => 0,
    lastMapsMean: (value) => (value < 0.1 ? 5e-4 : 0.05),
    preActivationMean: () => 0.05,
    preActivationMin: () => 0.05,
    gradientNorm: (value) => 0.05 * value,
  };
  const exhibits: [string, string[]][] = [
    ["symptom", ["trainMse", "outputMean"]],
    ["bias", ["outputBias"]],
    ["maps", ["liveMaps", "lastMapsMean"]],
    ["sums", ["preActivationMean", "preActivationMin"]],
    ["gradient", ["gradientNorm"]],
  ];

  async function expectEvidence(rows: Locator, figures: readonly string[]) {
    const steps: number[] = [];
    for (const row of await rows.all()) {
      const [step = Number.NaN, ...cells] = (await row.locator("th, td").allInnerTexts()).map(
        (text) => numbersIn(text)[0],
      );
      steps.push(step);
      figures.forEach((figure, column) => {
        [collapsed, healthy].forEach((name, side) => {
          const [shown, expected] = [cells[2 * column + side], at(name, figure, step)];
          if (Number.isNaN(expected)) expect(shown).toBeUndefined();
          else {
            const limit = (printed[figure] as (value: number) => number)(expected) * 1.001 + 1e-12;
            expect(Math.abs((shown as number) - expected), `${figure} of ${name} at ${step}`).toBeLessThanOrEqual(
              limit,
            );
          }
        });
      });
    }
    expect(steps).toEqual([0, 1, 2, 5, 10, 20, 50, 100, 200, epochOf(collapsed), stepsOf(collapsed).at(-1)]);
  }

  it("holds the evidence against the snapshots of both runs, and calls one collapsed", () =>
    chapter("when-it-prints-black", async (page) => {
      await page.locator("main details").evaluateAll((all) => {
        for (const fold of all) (fold as HTMLDetailsElement).open = true;
      });
      for (const [exhibit, figures] of exhibits) {
        await expectEvidence(page.locator(`[data-exhibit='${exhibit}'] tbody tr`), figures);
      }
      const caption = numbersIn(await page.locator("[data-exhibit='sums'] figcaption").innerText());
      const means = [collapsed, healthy].map((name) => at(name, "outputMean", 20));
      expect(caption[3]).toBeCloseTo(means[0] as number, 7);
      expect(caption[4]).toBeCloseTo(means[1] as number, 3);
      const all = page.locator("[data-exhibit='all']");
      const headings = (await all.locator("th[scope='colgroup']").allInnerTexts()).length;
      expect(headings).toBe(Object.keys(printed).length);
      await expectEvidence(all.locator("tbody tr"), Object.keys(printed));
      const verdicts = await page.locator("[data-part='collapse-check'] li").allInnerTexts();
      [collapsed, healthy].forEach((name, side) => {
        const end = epochOf(name);
        const fell = at(name, "outputMean", end) < 0.01 && at(name, "gradientNorm", end) < 1e-6;
        expect(verdicts[side]).toMatch(fell ? /: collapsed\.$/ : /: not collapsed\.$/);
      });
      expect(verdicts[0]).toMatch(/: collapsed\.$/);
    }));

  it("asks for the gap and the sums, and answers from the runs", () =>
    chapter("when-it-prints-black", async (page) => {
      const ratio = (name: string) => {
        const last = runOf(name).history.at(-1) as { loss: number; valLoss: number };
        return last.valLoss / last.loss;
      };
      const gap = await answer(page, "black-gap");
      expect(gap.told.slice(0, 2)).toEqual([collapsed, healthy].map((name) => Number(ratio(name).toFixed(2))));
      expect(gap.right).toBe(
        Math.abs(ratio(collapsed) - 1) < Math.abs(ratio(healthy) - 1) ? "in the collapsed run" : "in the healthy run",
      );
      const moved = Math.abs(at(collapsed, "preActivationMean", 10) - at(collapsed, "preActivationMean", 0));
      const sums = await answer(page, "black-sums");
      expect(sums.told[0]).toBeCloseTo(moved, 1);
      // No more digits than two steps of a training bear.
      const bias = Math.abs(at(collapsed, "outputBias", 10) - at(collapsed, "outputBias", 0));
      expect(sums.told[1]).toBe(Number((moved / bias).toPrecision(2)));
      const power = Math.min(1, Math.max(-2, Math.round(Math.log10(moved))));
      expect(sums.right).toBe(`by about ${10 ** power}`);
      await page.locator("details:has([data-table='how-often']) > summary").click();
      const counts = await page.locator("[data-table='how-often'] tbody tr").allInnerTexts();
      expect(counts[0]).toMatch(/11 of 12\s+65–99 %/);
      const blackOn = (engine: string) => {
        const { outcomes } = seeds.find((series) => series.engine.name === engine)!;
        return { of: outcomes.length, seeds: outcomes.filter((one) => one.collapsed !== null).map(({ seed }) => seed) };
      };
      for (const [row, engine] of [
        [2, "native"],
        [3, "wasm"],
      ] as const) {
        const black = blackOn(engine);
        expect(counts[row]).toMatch(new RegExp(`${engine} by batch 200\\s+${black.seeds.length} of ${black.of}\\s`));
      }
      // Another engine rounds otherwise; the seeds that collapse are the same, as the caption says.
      expect(blackOn("wasm").seeds).toEqual(blackOn("native").seeds);
      // The run that the page shows is the first of them.
      expect(runOf(collapsed).seed).toBe(blackOn("native").seeds[0]);
    }));
});
