import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { phone } from "../../browser/browser.ts";
import { draw, restedDigit } from "../../browser/home-page.ts";
import { focused, tabTo } from "../../browser/keys.ts";
import { errorWithout, influenceOf, layerOutput, layers, start } from "../../browser/tfjs-reference.ts";
import {
  arithmetic,
  at,
  expected,
  fold,
  live,
  numberIn,
  productsOf,
  sample,
  touch,
  viewer,
  wide,
} from "../../browser/viewer-page.ts";

/** Every figure of the viewer, once with keys alone and once with a finger at 390 px. */

beforeAll(start);
const greatestInfluence = (row: number, column: number) =>
  influenceOf(sample, row, column).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** What the live region tells of the chosen value. */
const told = (page: Page, text: string) =>
  page.locator("[aria-live='polite']", { hasText: text }).first().waitFor({ state: "attached" });

const kernels = (page: Page) => page.getByRole("img", { name: /^kernel for input/ });

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

describe("with keys alone", () => {
  it("layers, maps, scales, values and what they are made of are reached in the order of the page", () =>
    viewer(wide, at("conv2d_1", { row: 5, column: 9, map: 17, level: "sheet" }), async (page) => {
      await live(page);
      await page.getByRole("region", { name: "What feeds this map" }).waitFor();
      await tabTo(page, /^Conv 2, conv2d_1 in Keras: 14 × 14 × 64/);
      await press(page, "ArrowRight", "ArrowLeft", "Enter");
      await tabTo(page, /change it, or draw/);
      await tabTo(page, /^map 17,/);
      await press(page, "ArrowRight");
      await page.waitForURL(/map=18/);
      await tabTo(page, /^one each$/);
      await press(page, "Enter");
      await page.getByRole("button", { name: "one each", pressed: true }).waitFor();
      await tabTo(page, /^next map$/);
      await press(page, "Enter");
      await page.waitForURL(/map=19/);
      await tabTo(page, /^Map 19 of conv2d_1/);
      await press(page, "ArrowDown", "ArrowLeft");
      await page.waitForURL(/row=6&column=8/);
      const value = expected("conv2d_1", { row: 6, column: 8, map: 19 }).toFixed(4);
      await told(page, `conv2d_1 · map 19 · row 6, col 8 = ${value}`);
      await tabTo(page, /^left$/);
      await press(page, "Enter");
      await page.waitForURL(/row=6&column=7/);
      await tabTo(page, /^map \d+±/); // the maps that feed it
      await tabTo(page, /^All 32 kernels/);
      await press(page, "Enter");
      await kernels(page).nth(31).waitFor();
      expect(await kernels(page).count()).toBe(32);
      await tabTo(page, /^Its 196 numbers as a table/);
      await press(page, "Enter");
      const { shape, values } = layerOutput(sample, "conv2d_1");
      const table = page.getByRole("region", { name: "conv2d_1, map 19" }).locator("td");
      await table.nth(195).waitFor();
      const told3 = (await table.allInnerTexts()).map(numberIn);
      const map = told3.map((_, position) => values[position * shape[2] + 19] as number);
      expect(told3).toHaveLength(196);
      told3.forEach((number, position) => {
        expect(Math.abs(number - (map[position] as number))).toBeLessThan(6e-4);
      });
      await tabTo(page, /^conv2d_1, map 19$/); // the table scrolls, so it takes the focus
      await tabTo(page, /^map \d+$/); // the waterfall's parts
      await press(page, "Tab", "Enter");
      const part = await focused(page);
      await productsOf(page, `${part} of max_pooling2d`).waitFor();
      await tabTo(page, /^go to this input$/);
      await press(page, "Enter");
      await page.waitForURL(/layer=max_pooling2d&/);
      const to = new URL(page.url()).searchParams;
      const place = { row: Number(to.get("row")), column: Number(to.get("column")), map: Number(to.get("map")) };
      await told(page, `= ${expected("max_pooling2d", place).toFixed(4)}`);
    }));

  it("weights, switching off and its ranking, and one pixel end to end work unfolded by Enter", () =>
    viewer(wide, at("latent_vector", { map: 17 }), async (page) => {
      await live(page);
      await tabTo(page, /^value 17: /);
      await tabTo(page, /^The 64 numbers as a table/);
      await press(page, "Enter");
      const codeCells = page.getByRole("region", { name: "latent_vector" }).locator("td");
      await codeCells.nth(63).waitFor();
      const codes = await codeCells.allInnerTexts();
      const { values } = layerOutput(sample, "latent_vector");
      expect(codes).toHaveLength(64);
      codes.forEach((text, index) => {
        expect(Math.abs(numberIn(text) - (values[index] as number))).toBeLessThan(6e-4);
      });
      await tabTo(page, /^row 4, col 5: /); // the sum by position
      await press(page, "Enter");
      await tabTo(page, /^The products of this group/);
      await tabTo(page, /^All weights of latent_vector/);
      await press(page, "Enter");
      await page.getByRole("slider", { name: /weights of latent_vector/ }).waitFor();
      await tabTo(page, /^All 200,704 weights of latent_vector/);
      await press(page, "ArrowRight");
      await tabTo(page, /^Switch value 17 off/);
      await press(page, "Enter");
      const part = page.getByRole("region", { name: "Switch it off" });
      await part.locator("[data-part='means']").waitFor();
      await tabTo(page, /^0$/);
      await press(page, "Enter");
      await part.getByText(errorWithout(sample, 17).toFixed(5)).first().waitFor();
      await tabTo(page, /^on this digit$/);
      await press(page, "Enter");
      await part.locator("li").first().waitFor();
      await tabTo(page, /^value \d+$/);
      const worst = await focused(page);
      await press(page, "Enter");
      await page.waitForURL(new RegExp(`map=${worst.replace("value ", "")}&`));
      await tabTo(page, /^One pixel, end to end/);
      await press(page, "Enter");
      await page.waitForURL(/level=trace/);
      await page.getByRole("region", { name: "One pixel, end to end" }).waitFor();
      await tabTo(page, /^The rebuilt digit/);
      await press(page, "ArrowUp");
      await page.waitForURL(/layer=conv2d_4&map=0&row=13&column=14/);
      for (let card = 1; card < 6; card++) {
        await tabTo(page, /^Next$/);
        await press(page, "Enter");
        if (card < 5) await press(page, "Shift+Tab"); // Back; Tab returns
      }
      await page.getByText(`+${greatestInfluence(13, 14).toFixed(4)}`).waitFor();
    }));

  it("another digit is taken or drawn", () =>
    viewer(wide, at("conv2d_1", { map: 17, level: "map" }), async (page) => {
      await live(page);
      await tabTo(page, /change it, or draw/);
      await press(page, "Enter");
      await page.getByRole("application", { name: "Drawing pad" }).waitFor();
      await tabTo(page, /^Drawing pad$/);
      await press(page, "Space", ...Array<string>(8).fill("ArrowDown"), "Escape");
      await page.waitForURL(/digit=own/);
      expect(page.url()).toContain("level=map"); // Escape lifted the pen and did no more
      expect((await restedDigit(page)).source.kind).toBe("drawn");
      await tabTo(page, /^Undo the last stroke$/);
      await tabTo(page, /^Test digit 7$/);
      await press(page, "Enter");
      await page.waitForURL(/digit=70&/);
    }));
});

describe("with a finger at 390 px", () => {
  it("layers, maps, neighbours, arrows, feeding maps and their folds answer to taps", () =>
    viewer(phone, at("conv2d_1", { row: 5, column: 9, map: 17, level: "sheet" }), async (page) => {
      await live(page);
      await page.getByRole("button", { name: "one each" }).tap();
      await page.getByRole("button", { name: /^map 17,/ }).tap();
      await page.waitForURL(/level=map/);
      await page.getByRole("button", { name: /^map 18[,:]?/ }).tap(); // the row of neighbours
      await page.waitForURL(/map=18/);
      const chosen = await page
        .getByRole("button", { name: /^map 18[,:]?/ })
        .evaluate((tile) => tile.getBoundingClientRect().left + tile.getBoundingClientRect().width / 2);
      expect(Math.abs(chosen - 195)).toBeLessThan(4);
      await page.getByRole("button", { name: "up", exact: true }).tap();
      await page.waitForURL(/row=4&column=9/);
      await fold(page, "kernels").tap();
      await kernels(page).nth(31).waitFor();
      expect(await kernels(page).count()).toBe(32);
      await fold(page, "numbers").tap();
      const cells = page.getByRole("region", { name: "conv2d_1, map 18" }).locator("td");
      await cells.nth(195).waitFor();
      expect(await cells.count()).toBe(196);
      const feeder = page.getByRole("region", { name: "What feeds this map" }).getByRole("button").first();
      const name = /map (\d+)/.exec(await feeder.innerText())?.[1];
      await feeder.tap();
      await page.waitForURL(new RegExp(`layer=max_pooling2d&map=${name}&`));
      await page.getByRole("button", { name: "all 32" }).tap();
      await page.waitForURL(/level=sheet/);
    }));

  it("the sheet's sums, weights, switching off and ranking answer to taps, and nothing scrolls sideways", () =>
    viewer(phone, at("latent_vector", { map: 17, level: "map" }), async (page) => {
      await live(page);
      const sheet = page.getByRole("region", { name: "The chosen value and its layer" });
      await sheet.getByRole("button", { name: /its terms/ }).tap();
      await sheet.getByRole("button", { name: /more/ }).tap();
      await sheet.getByRole("button", { name: "row 3, col 3" }).first().tap();
      await productsOf(page, "row 3, col 3 of max_pooling2d_1").waitFor();
      await fold(sheet, "weights").tap();
      const weights = page.getByRole("slider", { name: /weights of latent_vector/ });
      await weights.scrollIntoViewIfNeeded();
      await weights.tap({ position: { x: 3, y: 3 } }); // within the first tile, not between two
      await sheet.locator("[data-part='weight'] b").waitFor();
      await fold(sheet, "switch-off").tap();
      await sheet.getByRole("button", { name: "0", exact: true }).tap();
      await sheet.getByText(errorWithout(sample, 17).toFixed(5)).first().waitFor();
      await sheet.getByRole("button", { name: "on this digit" }).tap();
      const first = sheet.locator("li button").first();
      await first.tap();
      await page.waitForURL(new RegExp(`map=${(await first.innerText()).replace("value ", "")}&`));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }));

  it("one pixel is moved and followed to the input's influence", () =>
    viewer(phone, at("conv2d_4", { row: 14, column: 14, level: "trace" }), async (page) => {
      await live(page);
      const map = page.getByRole("slider", { name: /^The rebuilt digit/ });
      const box = (await map.boundingBox()) as { x: number; y: number; width: number };
      await page.touchscreen.tap(box.x + (box.width * 12.5) / 28, box.y + (box.width * 10.5) / 28);
      await page.waitForURL(/row=10&column=12/);
      for (let card = 1; card < 6; card++) await page.getByRole("button", { name: "Next", exact: true }).tap();
      await page.getByText(`+${greatestInfluence(10, 12).toFixed(4)}`).waitFor();
      await page.getByRole("button", { name: /^2/ }).first().tap();
      await page.getByText("2 × 2 of 14 × 14").waitFor();
    }));

  it("a digit is drawn with the finger, and the page stays still under it", () =>
    viewer(phone, at("conv2d", { map: 3, level: "sheet" }), async (page) => {
      await live(page);
      await fold(page, "digit").tap();
      await page.getByRole("application", { name: "Drawing pad" }).waitFor();
      const from = await page.evaluate(() => scrollY);
      await draw(page, "touch");
      await page.waitForURL(/digit=own/);
      expect(await page.evaluate(() => [scrollY, document.documentElement.scrollWidth])).toEqual([from, 390]);
      await page.getByRole("button", { name: "Test digit 4" }).tap();
      await page.waitForURL(/digit=40&/);
    }));

  it("a swipe within the row of neighbours scrolls it and changes no layer", () =>
    viewer(phone, at("conv2d_1", { map: 30, level: "map" }), async (page) => {
      await live(page);
      const row = page.getByRole("toolbar", { name: "The 64 feature maps of conv2d_1" });
      const box = (await row.boundingBox()) as { y: number };
      const finger = await touch(page);
      await finger.move({ x: 300, y: box.y + 20 }, { x: 120, y: box.y + 22 });
      await page.waitForTimeout(300);
      expect(page.url()).toMatch(/layer=conv2d_1&map=30/);
      const after = (await row.boundingBox()) as { x: number };
      expect(after.x).toBeLessThan((box as { x?: number }).x as number);
    }));
});

describe("the sheet at its full height and the menu", () => {
  it.each(["light", "dark"] as const)("pass axe in %s", (colorScheme) =>
    viewer({ ...phone, colorScheme }, at("conv2d_1", { row: 5, column: 9, map: 17 }), async (page) => {
      await live(page);
      await page.getByRole("region", { name: "What feeds this map" }).waitFor();
      await page.getByRole("button", { name: /more/ }).tap();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("button", { name: /less/ }).tap();
      await page.locator("[data-testid='menu'] summary").tap();
      await page.getByRole("button", { name: "Light or dark" }).waitFor();
      expect(await violations(page)).toEqual([]);
    }),
  );
});

it("has a map, a value and a sum for every layer", () =>
  viewer(wide, at("encoder_input", { row: 14, column: 14 }), async (page) => {
    await live(page);
    for (const { name, shape } of layers) {
      await page.locator(`[data-testid='strip-blocks'] a[href*="layer=${name}&"]`).click();
      await page.waitForURL(new RegExp(`layer=${name}&`));
      // The place that was chosen keeps its part of the picture from layer to layer.
      const asked = new URL(page.url()).searchParams;
      const [row, column] = [Number(asked.get("row")), Number(asked.get("column"))];
      expect(Math.abs((row + 0.5) / shape[0] - 0.5)).toBeLessThan(0.1);
      const value = expected(name, { row, column }).toFixed(4).replace("-", "−");
      await arithmetic(page).locator("h3 b", { hasText: value }).waitFor();
    }
  }));
