import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { phone } from "../../browser/browser.ts";
import { chapter, numbersIn, questionOf, runOf, showAnswer } from "../../browser/chapter-page.ts";
import { layers, pixelsOf, rebuild, rebuildStraight, start } from "../../browser/tfjs-reference.ts";

/** Chapter 3 without the bends: what the page rebuilds, against tfjs on the same weights with linear layers. */

beforeAll(start);
/** The recorded sample that chapters open on, a 2. */
const opening = 20;
const live = (page: Page) => page.locator('[data-state="live"]').waitFor({ state: "attached" });
const meanSquare = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, at) => sum + (value - (b[at] as number)) ** 2, 0) / a.length;
const relus = layers.filter(({ spec }) => "activation" in spec && spec.activation === "relu").map(({ name }) => name);

async function opened(page: Page): Promise<Locator> {
  await live(page);
  await showAnswer(questionOf(page, "convolution-bends"));
  const figure = page.getByTestId("bends");
  await figure.locator("[data-part='bends-apart']").waitFor();
  return figure;
}

/** The error and the distance that the figure prints once it has another answer. */
async function told(figure: Locator, error: RegExp): Promise<{ error: number; apart: number; greatest: number }> {
  const line = figure.locator("[data-part='bends-error']", { hasText: error });
  await line.waitFor();
  const [mse] = numbersIn(await line.innerText());
  const [apart, greatest] = numbersIn(await figure.locator("[data-part='bends-apart']").innerText());
  return { error: mse as number, apart: apart as number, greatest: greatest as number };
}

describe("without the bends", () => {
  it("is withheld until the question is answered, whose answer is what tfjs finds", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      await live(page);
      const figure = page.getByTestId("bends");
      expect(await figure.isVisible()).toBe(false);
      const question = questionOf(page, "convolution-bends");
      await showAnswer(question);
      const pixels = pixelsOf(opening);
      const trained = meanSquare(pixels, rebuild(pixels));
      const [first, , , all] = numbersIn(await question.locator("[data-testid='question-why']").innerText());
      expect(first).toBeCloseTo(meanSquare(pixels, rebuildStraight(pixels, relus.slice(0, 1))) / trained, 1);
      expect((all as number) / (meanSquare(pixels, rebuildStraight(pixels, relus)) / trained)).toBeCloseTo(1, 1);
      expect(await figure.isVisible()).toBe(true);
    }));

  it("rebuilds the digit as tfjs does without one ReLU and without all, PCA's error beside it", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      const figure = await opened(page);
      const pixels = pixelsOf(opening);
      const [one, all] = [relus.slice(0, 1), relus].map((straight) =>
        meanSquare(pixels, rebuildStraight(pixels, straight)),
      );
      await figure.getByRole("button", { name: "one ReLU off" }).click();
      expect((await told(figure, new RegExp(`${(one as number).toFixed(4)}`))).error).toBeCloseTo(one as number, 4);
      await figure.getByRole("button", { name: "all ReLUs off" }).click();
      const printed = await told(figure, new RegExp(`${(all as number).toFixed(2)}`));
      expect(printed.error).toBeCloseTo(all as number, 3);
      expect(printed.apart).toBeGreaterThan(0.1);
      const text = await figure.locator("[data-part='bends-error']").innerText();
      expect(numbersIn(text)).toContain(Number(runOf("assignment").baselines.pca.toFixed(4)));
    }));

  it("makes half of two digits half of each, once every bend is off; each can be switched by itself", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      const figure = await opened(page);
      await figure.getByRole("button", { name: "every bend off" }).click();
      const { apart, greatest } = await told(figure, /sigmoid/);
      expect(greatest).toBeGreaterThan(1);
      expect(apart).toBeLessThan(1e-4 * greatest);
      await figure.getByRole("button", { name: /^Pooling/ }).click();
      await expect
        .poll(async () => numbersIn(await figure.locator("[data-part='bends-apart']").innerText())[0])
        .toBeGreaterThan(0.01 * greatest);
      await figure.getByRole("button", { name: /^Output/ }).click();
      await figure.locator("[data-part='bends-error']", { hasText: "MSE" }).waitFor();
      expect(await violations(page)).toEqual([]);
    }));

  it("fits a phone", () =>
    chapter(
      "convolution-pixel-by-pixel",
      async (page) => {
        await opened(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      },
      phone,
    ));
});
