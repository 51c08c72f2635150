import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { phone, visit } from "../../browser/browser.ts";
import { chapter, numbersIn } from "../../browser/chapter-page.ts";
import { home } from "../../browser/home-page.ts";
import { layerOutput, layers, start } from "../../browser/tfjs-reference.ts";

/** The strip as the site's spine: named stages, the lit part, a stage opened in place, the pulse, and what a phone gets. */

beforeAll(start);
/** The recorded sample that pages open on. */
const opening = 20;
const names = [
  "Input",
  "Conv 1",
  "Pool 1",
  "Conv 2",
  "Pool 2",
  "Code",
  "Dense",
  "Conv 3",
  "Up 1",
  "Conv 4",
  "Up 2",
  "Output",
];
const live = (page: Page) => page.locator('[data-state="live"]').waitFor({ state: "attached" });
const block = (page: Page, at: number) => page.locator("[data-testid='strip-block']").nth(at);
const litBlocks = (page: Page) =>
  page
    .locator("[data-testid='strip-block']")
    .evaluateAll((all) => all.flatMap((one, at) => (one.getAttribute("data-dim") === "false" ? [at] : [])));

/** Whether two pieces of text lie on each other. */
async function overlapping(page: Page): Promise<boolean> {
  const boxes = await page
    .locator("[data-testid='strip-block'] > span[aria-hidden]:not([data-testid])")
    .evaluateAll((all) =>
      all.map((label) => {
        const range = document.createRange();
        range.selectNodeContents(label);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { left, right, top, bottom };
      }),
    );
  return boxes.some((a, at) =>
    boxes.slice(at + 1).some((b) => a.right > b.left && b.right > a.left && a.bottom > b.top && b.bottom > a.top),
  );
}

describe("the strip", () => {
  it.each([1440, 768])("at %i px names every stage, no name on another", (width) =>
    home({ width, height: 900 }, async (page) => {
      const labels = page.locator("[data-testid='strip-block'] > span[aria-hidden]:not([data-testid])");
      expect((await labels.allInnerTexts()).map((text) => text.trim())).toEqual(names);
      expect(await overlapping(page)).toBe(false);
    }),
  );

  it.each([
    ["convolution-pixel-by-pixel", [0, 1, 2, 3, 4]],
    ["counting", [1, 3, 5, 6, 7, 9, 11]],
    ["when-it-prints-black", [11]],
  ] as const)("in %s lights its part, the rest at 35 %%", (slug, lit) =>
    chapter(slug, async (page) => {
      expect(await litBlocks(page)).toEqual(lit);
      const dark = names.findIndex((_, at) => !(lit as readonly number[]).includes(at) && at !== 5);
      const picture = block(page, dark).locator("[data-testid='strip-picture']");
      expect(await picture.evaluate((element) => getComputedStyle(element).opacity)).toBe("0.35");
    }),
  );

  it("opens a stage in place with the layer's own numbers, and closes it again", () =>
    home({ width: 1280, height: 900 }, async (page) => {
      await live(page);
      const link = block(page, 1).getByRole("link");
      await link.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      const stage = page.getByRole("region", { name: "Conv 2, opened" });
      const place = await stage.getByRole("slider").getAttribute("aria-valuetext");
      const [row, column, value] = numbersIn(place ?? "") as [number, number, number];
      const map = Number(/^Map (\d+)/.exec((await stage.getByRole("slider").getAttribute("aria-label")) ?? "")?.[1]);
      const { values } = layerOutput(opening, "conv2d_1");
      expect(value).toBeCloseTo(Math.max(...values), 3);
      expect(Math.abs((values[(row * 14 + column) * 64 + map] as number) - value)).toBeLessThan(1e-3);
      expect(new URL(page.url()).pathname).toBe("/");
      expect(await violations(page)).toEqual([]);
      const href = await stage.getByRole("link", { name: "Open Conv 2 in the viewer" }).getAttribute("href");
      expect(href).toContain(`layer=conv2d_1&map=${map}&row=${row}&column=${column}`);
      await page.keyboard.press("Escape");
      await stage.waitFor({ state: "detached" });
    }));

  it("says the pointed stage's name in Keras and its count", () =>
    home({ width: 1280, height: 900 }, async (page) => {
      await block(page, 9).getByRole("link").hover();
      const said = await page.locator("[data-part='pointed']").innerText();
      expect(said).toBe("Conv 4, conv2d_3 in Keras: 14 × 14 × 32 = 6,272 numbers");
    }));
});

describe("the pulse", () => {
  /** How many blocks were moved after another test digit was taken. */
  async function moved(page: Page): Promise<number> {
    await live(page);
    await page.evaluate(() => {
      const animate = Element.prototype.animate;
      Object.assign(window, { pulsed: 0 });
      Element.prototype.animate = function (...given) {
        if (this.matches("[data-testid='strip-block']")) (window as unknown as { pulsed: number }).pulsed++;
        return animate.apply(this, given);
      };
    });
    await page.getByRole("button", { name: "Test digit 7", exact: true }).click();
    return page.evaluate(async () => {
      const begun = performance.now();
      const count = () => (window as unknown as { pulsed: number }).pulsed;
      while (count() === 0 && performance.now() - begun < 2500) await new Promise(requestAnimationFrame);
      return count();
    });
  }

  it("runs once through all blocks when another digit is taken", () =>
    home({ width: 1280, height: 900 }, async (page) => {
      expect(await moved(page)).toBe(layers.length);
    }));

  it("does not run for who prefers reduced motion", () =>
    visit(
      "/",
      { view: { width: 1280, height: 900 }, prepare: (page) => page.emulateMedia({ reducedMotion: "reduce" }) },
      async (page) => {
        expect(await moved(page)).toBe(0);
      },
    ));
});

describe("on a phone", () => {
  it("shows only the lit part, one row, and opens the list of layers", () =>
    chapter(
      "convolution-pixel-by-pixel",
      async (page) => {
        await live(page);
        const shown = await page
          .locator("[data-testid='strip-block']")
          .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().width > 0).length);
        expect(shown).toBe(5);
        const list = page.locator("[data-testid='strip-list']");
        expect(await list.locator("summary").innerText()).toContain("Input to Pool 2: 5 of 12 layers");
        await list.locator("summary").tap();
        await list.getByRole("link", { name: /^Conv 2/ }).tap();
        await page.getByRole("region", { name: "Conv 2, opened" }).waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      },
      phone,
    ));

  it("stands upright in chapter 4: twelve rows, one pixel a number, each to be pressed", () =>
    chapter(
      "the-whole-network",
      async (page) => {
        await live(page);
        const rows = page.locator("[data-testid='upright'] li");
        const boxes = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
        expect(boxes).toHaveLength(layers.length);
        expect(Math.min(...boxes)).toBeGreaterThanOrEqual(44);
        expect(boxes.reduce((sum, height) => sum + height)).toBeLessThan(760);
        const canvas = rows.nth(1).locator("canvas");
        expect(await canvas.evaluate((one) => one.getBoundingClientRect().width)).toBe(224);
        expect(await canvas.evaluate((one) => one.getBoundingClientRect().height)).toBe(112);
        await rows.nth(10).getByRole("link").tap();
        await page.getByRole("region", { name: "Up 2, opened" }).waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      },
      phone,
    ));
});
