import { existsSync } from "node:fs";
import { join } from "node:path";
import { tensor } from "@autoencoder/model";
import type { Locator } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { keptSameClass } from "../fixtures/nearest-by-pixels.ts";
import { answer, artifacts, chapter, numbersIn, questionOf, runOf, showAnswer, tableOf } from "./chapter-page.ts";
import { samples, testImages } from "./home-page.ts";
import { start } from "./tfjs-reference.ts";

/** What chapters measure over many digits and several runs, computed another way. */

beforeAll(start);
const healthy = "assignment";
/** The test images without their header; a plain constant, since the loops below read it a billion times. */
const bytes = Uint8Array.from(testImages.subarray(16));

describe("reconstructions", () => {
  const pictures = (name: string) => Array.from(tensor(tableOf(name, "samples"), "reconstructions").data);
  const originals = samples.indices.flatMap((index) =>
    Array.from(bytes.subarray(index * 784, (index + 1) * 784), (byte) => byte / 255),
  );
  /** Picture by picture and row by row, where the server goes through all pixels at once. */
  function blur(values: readonly number[]) {
    const steep: number[] = [];
    for (let picture = 0; picture < values.length / 784; picture++) {
      const own = values.slice(picture * 784, (picture + 1) * 784);
      const rows = Array.from({ length: 28 }, (_, row) => own.slice(row * 28, (row + 1) * 28));
      for (let row = 0; row < 27; row++) {
        for (let column = 0; column < 27; column++) {
          const [here, under] = [rows[row], rows[row + 1]] as [number[], number[]];
          const [value, right, below] = [here[column], here[column + 1], under[column]] as [number, number, number];
          steep.push(Math.sqrt((right - value) ** 2 + (below - value) ** 2));
        }
      }
    }
    return {
      steepness: steep.reduce((sum, value) => sum + value, 0) / steep.length,
      grey: values.filter((value) => value > 0.2 && value < 0.8).length / values.length,
    };
  }

  it("measures the blur of every run that is here, and names the command for those that are not", () =>
    chapter("reconstructions", async (page) => {
      await showAnswer(page.locator("[data-gate='rebuilt-blur']"));
      const figure = page.locator("[data-figure='blur']");
      const seen = blur(originals);
      for (const name of ["assignment", "assignment-128", "assignment-bce"]) {
        if (!existsSync(join(artifacts, name))) {
          await figure
            .getByText(name === healthy ? "npx turbo run train" : `npm run train -- --recipe ${name}`)
            .waitFor();
          continue;
        }
        const { test, baselines } = runOf(name);
        const own = blur(pictures(name));
        const cells = await figure.locator(`[data-run='${name}'] td`).allInnerTexts();
        const [mse, ssim, steepness, grey, pca] = cells.map((cell) => numbersIn(cell)[0]) as number[];
        expect(mse).toBeCloseTo(test.mse, 5);
        expect(ssim).toBeCloseTo(test.ssim, 4);
        expect(Math.abs((steepness as number) - (100 * own.steepness) / seen.steepness)).toBeLessThan(0.06);
        expect(Math.abs((grey as number) - 100 * own.grey)).toBeLessThan(0.06);
        expect(pca).toBeCloseTo(baselines.pca, 4);
        expect(await figure.getByRole("img", { name: new RegExp(`, ${name}$`) }).count()).toBe(6);
      }
      const [first, larger] = await figure.locator("[data-part='blur-findings'] li").allInnerTexts();
      const lacks = (1 - blur(pictures(healthy)).steepness / seen.steepness) * 100;
      expect(Math.abs((numbersIn(first ?? "")[0] as number) - lacks)).toBeLessThan(0.06);
      if (!existsSync(join(artifacts, "assignment-128"))) return;
      const [small, large] = [runOf(healthy), runOf("assignment-128")];
      const less = (of: (run: typeof small) => number) => Math.round(100 - (100 * of(large)) / of(small));
      expect(larger).toContain(`${less(({ test }) => test.mse)} % less test error`);
      expect(larger).toContain(`PCA errs ${less(({ baselines }) => baselines.pca)} % less`);
    }));
});

describe("the latent space", () => {
  it(
    "counts neighbours by all pixels and by PCA when asked",
    () =>
      chapter("the-latent-space", async (page) => {
        const question = questionOf(page, "latent-neighbours");
        await showAnswer(question);
        const rows = question.locator("[data-figure='same-class'] tbody tr");
        const count = question.locator("[data-part='count']");
        await count.click();
        await count.waitFor({ state: "detached" }); // the two rows have come below the others
        const [byPixels, byPca] = [rows.nth(-2), rows.nth(-1)];
        const share = async (row: Locator) => numbersIn(await row.locator("td").first().innerText())[0] as number;
        expect(await share(byPixels)).toBeCloseTo(keptSameClass() / 5, 1);
        // Counted elsewhere over 2,000 digits among 10,000: 93.7 %; 500 digits are off by 1.1 % typically.
        expect(Math.abs((await share(byPca)) - 93.7)).toBeLessThan(4);
      }),
    180_000,
  );
});

describe("what would improve it", () => {
  it("asks what the runs' histories answer", () =>
    chapter("what-would-improve-it", async (page) => {
      const { history } = runOf(healthy);
      const passed = history.find(({ valLoss }) => (valLoss as number) < 0.0052);
      expect((await answer(page, "closing-passed")).told[0]).toBe(passed?.epoch);
      const last = history.at(-1) as { loss: number; valLoss: number };
      const overfit = await answer(page, "closing-overfit");
      expect(overfit.told[0]).toBe(Number((last.valLoss / last.loss).toFixed(2)));
      expect(overfit.right).toBe(last.valLoss / last.loss < 0.0052 / 0.0045 ? "smaller" : "larger");
      if (!existsSync(join(artifacts, "assignment-128"))) return;
      const left = (runOf("assignment-128").test.mse / runOf(healthy).test.mse) * 100;
      expect((await answer(page, "closing-larger")).told[0]).toBe(Math.round(left));
    }));
});
