import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { phone, visit } from "./browser.ts";

/** The type of every chart on the page, in pixels of the screen, the smallest first. */
const chartType = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("svg text")]
      .filter((text) => text.checkVisibility() && text.textContent)
      .map((text) => {
        const drawing = (text as SVGTextElement).ownerSVGElement as SVGSVGElement;
        const scale = drawing.getBoundingClientRect().width / (drawing.viewBox.baseVal.width || 1);
        return { pixels: Number.parseFloat(getComputedStyle(text).fontSize) * scale, text: text.textContent };
      })
      .sort((a, b) => a.pixels - b.pixels)
      .map(({ pixels, text }) => `${pixels.toFixed(1)} px: ${text}`),
  );

/** What is written in type of less than 12 px, folded or not, beside charts and formulas. */
const smallType = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.body.querySelectorAll("*")]
      .filter((element) => [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ""))
      .filter((element) => !element.closest("svg, math, script, style, noscript"))
      .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 12)
      .map((element) => `${getComputedStyle(element).fontSize}: ${element.textContent?.slice(0, 40)}`),
  );

describe("small screens", () => {
  it.each([
    ["/", "h1"],
    ["/train", "[data-state='idle']"],
    ["/viewer?layer=conv2d_1&map=17&row=5&column=9&level=value", "[data-part='products'] td"],
    ["/chapters/the-whole-network", "h1"],
    ["/chapters/counting", "h1"],
    ["/chapters/training", "h1"],
  ])("%s is written in type of at least 12 px, on a phone and on a desk", (path, loaded) =>
    visit(path, { view: phone }, async (page) => {
      await page.locator(loaded).first().waitFor({ state: "attached" });
      for (const width of [phone.width, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await smallType(page), `${width} px`).toEqual([]);
      }
    }),
  );

  it.each(["training", "when-it-prints-black"])("%s has charts whose type is at least 11 px high on a phone", (slug) =>
    visit(`/chapters/${slug}`, { view: phone }, async (page) => {
      const [smallest] = await chartType(page);
      expect(smallest).toBeDefined();
      expect(Number.parseFloat(smallest as string), smallest).toBeGreaterThanOrEqual(11);
    }),
  );

  it.each([390, 1440])(
    "the parts of the panel Engine stand apart, and its controls are a thumb high, at %i px",
    (width) =>
      visit("/train", { view: { ...phone, width } }, async (page) => {
        await page.locator("[data-state='idle']").waitFor();
        await page.getByTestId("settings").locator("summary").first().click();
        const engine = page.getByTestId("engine");
        const parts = engine.locator("fieldset, button:not(fieldset button), p");
        const boxes = await parts.evaluateAll((all) =>
          all.map((one) => {
            const text = document.createRange();
            text.selectNodeContents(one);
            return (one instanceof HTMLParagraphElement ? text : one).getBoundingClientRect().toJSON() as DOMRect;
          }),
        );
        const [choice, gpu, note] = boxes as [DOMRect, DOMRect, DOMRect];
        expect(boxes).toHaveLength(3);
        expect([gpu.height, choice.height].every((height) => height >= 44)).toBe(true);
        expect(gpu.top + gpu.height / 2).toBeCloseTo(choice.top + choice.height / 2, 0);
        expect(gpu.left - choice.right).toBeGreaterThan(7.5);
        // From the paragraph above the panel, and from its controls to what is said of them.
        const above = await engine.evaluate(
          (panel) => panel.previousElementSibling?.getBoundingClientRect().bottom ?? 0,
        );
        expect((await engine.evaluate((panel) => panel.getBoundingClientRect().top)) - above).toBeGreaterThanOrEqual(
          14,
        );
        expect(note.top - gpu.bottom).toBeGreaterThan(7.5);
      }),
  );

  it("a table that is wider than the screen is shaded at the side where there is more, and takes the focus", () =>
    visit("/grading", { view: phone }, async (page) => {
      const tables = await page.evaluate(() =>
        [...document.querySelectorAll("section[tabindex='0']")]
          .filter((section) => section.scrollWidth > section.clientWidth)
          .map((section) => getComputedStyle(section).backgroundAttachment),
      );
      expect(tables.length).toBeGreaterThan(0);
      for (const attachment of tables) expect(attachment).toBe("local, local, scroll, scroll");
    }));

  it("a command breaks between its words, never at a hyphen", () =>
    visit("/run", { view: phone }, async (page) => {
      const words = await page.evaluate(() =>
        [...document.querySelectorAll(".unbroken")]
          .filter((word) => word.checkVisibility())
          .map((word) => ({ text: word.textContent, lines: word.getClientRects().length })),
      );
      expect(words).toContainEqual({ text: "-- --engine", lines: 1 });
      expect(words.filter(({ lines }) => lines !== 1)).toEqual([]);
    }));

  it("nothing moves when the live network has loaded: what said so leaves its place", () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const hold = (page: Page) =>
      page.route("**/page/*/weights.bin", async (route) => {
        await held;
        await route.continue();
      });
    return visit("/chapters/the-latent-space", { view: phone, prepare: hold }, async (page) => {
      const note = page.locator("[data-part='live-note']").first();
      await note.scrollIntoViewIfNeeded();
      await expect.poll(() => note.innerText()).toBe("The live network is loading.");
      const before = await note.evaluate((element) => element.getBoundingClientRect().height);
      release();
      await expect.poll(() => note.innerText(), { timeout: 20_000 }).toBe("");
      expect(await note.evaluate((element) => element.getBoundingClientRect().height)).toBeCloseTo(before, 1);
    });
  });
});
