import { createRandom } from "@autoencoder/data";
import { tensor } from "@autoencoder/model";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { desktop, phone, visit } from "../../browser/browser.ts";
import { answer, chapter, numbersIn, questionOf, runOf, showAnswer, tableOf } from "../../browser/chapter-page.ts";
import { restedDigit, samples, testImages } from "../../browser/home-page.ts";
import { networkOf } from "../../browser/network-of-run.ts";
import { greysOf, levelsApart } from "../../browser/pictures.ts";
import { decode, start } from "../../browser/tfjs-reference.ts";

/** Chapter 1: random pictures and codes, one digit by seven networks, and a training from its first step. */

beforeAll(start);
const slug = "squeeze-and-rebuild";
const live = (page: Page) => page.locator('[data-state="live"]').waitFor({ state: "attached" });
/** The recorded sample that chapters open on. */
const opening = 20;

/** The mean of the test codes, and the lower triangle L with L·Lᵀ = their covariance. */
function spreadOfCodes(): { mean: number[]; factor: number[][] } {
  const { data, shape } = tensor(tableOf("assignment", "test-latents"), "latents");
  const [count, width] = shape as [number, number];
  const at = (row: number, column: number) => data[row * width + column] as number;
  const columns = Array.from({ length: width }, (_, column) => column);
  const mean = columns.map((column) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += at(row, column);
    return sum / count;
  });
  const covariance = columns.map((a) =>
    columns.slice(0, a + 1).map((b) => {
      let sum = 0;
      for (let row = 0; row < count; row++)
        sum += (at(row, a) - (mean[a] as number)) * (at(row, b) - (mean[b] as number));
      return sum / count;
    }),
  );
  const factor: number[][] = [];
  for (const [a, row] of covariance.entries()) {
    const made: number[] = [];
    for (const [b, value] of row.entries()) {
      const known = made.reduce((sum, left, k) => sum + left * ((b === a ? made : factor[b]) as number[])[k]!, 0);
      made.push(b === a ? Math.sqrt(value - known) : (value - known) / (factor[b] as number[])[b]!);
    }
    factor.push(made);
  }
  return { mean, factor };
}

describe("snow", () => {
  it("paints what tfjs does from codes with the test codes' covariance, and others when it is drawn again", () =>
    chapter(slug, async (page) => {
      await live(page);
      const figure = page.getByTestId("snow");
      const painted = figure.locator("[data-row='decoder'] canvas");
      const grey = figure.locator("[data-row='encoder'] canvas");
      expect(await painted.count()).toBe(6);
      const { mean, factor } = spreadOfCodes();
      for (const seed of [1, 2]) {
        const independent = createRandom(seed);
        const normal = mean.map(() => independent.normal());
        const code = mean.map((value, row) =>
          (factor[row] as number[]).reduce((sum, weight, at) => sum + weight * (normal[at] as number), value),
        );
        const expected = decode(Float32Array.from(code));
        expect(await figure.getAttribute("data-seed")).toBe(String(seed));
        await expect.poll(() => levelsApart(painted.first(), expected)).toBeLessThan(2);
        const random = createRandom(seed, 784);
        expect(await greysOf(grey.first())).toEqual(Array.from({ length: 784 }, () => random.int(256)));
        if (seed === 1) await figure.getByRole("button", { name: "draw again" }).press("Enter");
      }
    }));
});

describe("the ladder of codes", () => {
  const ladder = (page: Page) => page.getByTestId("code-ladder");
  const slider = (page: Page) => ladder(page).getByRole("slider");
  const rebuilt = (page: Page, code: number): Locator =>
    ladder(page).getByRole("img", { name: `rebuilt from ${code} numbers` });
  const opened = async (page: Page) => {
    await live(page);
    await showAnswer(questionOf(page, "squeeze-codes"));
  };
  const anotherDigit = async (page: Page) => {
    await page.locator("summary", { hasText: "change it, or draw" }).click();
    await page.getByRole("button", { name: "Test digit 5" }).click();
    const digit = await restedDigit(page);
    expect(digit.source).toMatchObject({ kind: "test", label: 5 });
    return digit;
  };

  it("tells each network's error and PCA's as the run has them, and opens on what the trainer recorded", () =>
    chapter(slug, async (page) => {
      await opened(page);
      for (const [at, code] of [2, 4, 8, 16, 32, 64, 128].entries()) {
        const run = runOf(code === 64 ? "assignment" : `assignment-${code}`);
        await slider(page).fill(String(at));
        const told = numbersIn((await slider(page).getAttribute("aria-valuetext")) ?? "");
        const error = run.history.at(-1)?.valLoss as number;
        expect(told).toEqual([code, Number(error.toFixed(4)), Number(run.baselines.pca.toFixed(4))]);
        const table = tableOf(run.name, "samples");
        const recorded = tensor(table, "reconstructions").data.slice(opening * 784, (opening + 1) * 784);
        expect(await levelsApart(rebuilt(page, code), Array.from(recorded))).toBeLessThan(2);
      }
    }));

  it("waits for the guess which size does as well as PCA with 64 numbers, and finds the run that does", () =>
    chapter(slug, async (page) => {
      expect(await ladder(page).isVisible()).toBe(false);
      const sizes = [2, 4, 8, 16, 32];
      const pca = runOf("assignment").baselines.pca;
      const enough = sizes.find((size) => (runOf(`assignment-${size}`).history.at(-1)?.valLoss as number) <= pca);
      const { right } = await answer(page, "squeeze-codes");
      expect(right).toBe(enough === undefined ? "more" : String(enough));
      await ladder(page).waitFor();
    }));

  it("rebuilds the reader's digit as tfjs does with the chosen network's weights, by pointing and by keys", () =>
    chapter(slug, async (page) => {
      await opened(page);
      const { pixels } = await anotherDigit(page);
      await ladder(page).locator("[data-rung='8'] button").click();
      for (const code of [8, 4]) {
        const { encode, decode } = await networkOf(`assignment-${code}`);
        const expected = decode(encode(pixels));
        await rebuilt(page, code).waitFor();
        expect(await levelsApart(rebuilt(page, code), expected)).toBeLessThan(2);
        await slider(page).press("ArrowLeft");
      }
      expect(await ladder(page).getAttribute("data-code")).toBe("2");
      expect(await violations(page)).toEqual([]);
    }));

  it("says so when a network does not come", () =>
    visit(
      `/chapters/${slug}`,
      { view: desktop, prepare: (page) => page.route("**/assignment-16/**/*.bin", (route) => route.abort()) },
      async (page) => {
        await opened(page);
        await anotherDigit(page);
        await ladder(page).locator("[data-rung='16'] button").click();
        await ladder(page).getByRole("alert").waitFor();
        await ladder(page).locator("[data-rung='64'] button").click();
        await rebuilt(page, 64).waitFor();
      },
    ));
});

describe("a training from its first step", () => {
  const film = tableOf("assignment", "snapshots");
  const frames = tensor(film, "film/reconstructions").data;
  const steps = Array.from(tensor(film, "film/step").data);
  const indices = Array.from(tensor(film, "indices").data);

  it("shows the ten digits as targets, and what the run's file has of them at a step", () =>
    chapter(slug, async (page) => {
      const figure = page.getByTestId("learning");
      const slider = figure.getByRole("slider");
      const picture = (row: number, digit: number) => figure.locator("canvas").nth(row * 10 + digit);
      for (const digit of [0, 9]) {
        const index = indices[digit] as number;
        expect(await greysOf(picture(0, digit))).toEqual([
          ...testImages.subarray(16 + index * 784, 16 + (index + 1) * 784),
        ]);
      }
      await slider.fill("39");
      await slider.press("ArrowRight");
      for (const frame of [40, 41]) {
        expect(await slider.getAttribute("aria-valuetext")).toBe(`step ${steps[frame]}`);
        for (const digit of [0, 9]) {
          const from = (frame * 10 + digit) * 784;
          await expect.poll(() => greysOf(picture(1, digit))).toEqual(Array.from(frames.slice(from, from + 784)));
        }
        await figure.getByRole("button", { name: "One step on" }).click();
      }
    }));

  it("stands without script, at a phone's width, five digits a row", () =>
    visit(`/chapters/${slug}`, { view: { ...phone, javaScriptEnabled: false } }, async (page) => {
      expect(await page.getByTestId("learning").locator("canvas:visible").count()).toBe(10);
      expect(await page.getByTestId("code-ladder").locator("[data-rung]:visible").count()).toBe(7);
      expect(samples.indices[opening]).toBe(1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
    }));
});
