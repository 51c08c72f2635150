import { valueIndex } from "@autoencoder/model";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { phone } from "../../browser/browser.ts";
import { chapter, expectAddsUp, numbersIn, questionOf, showAnswer } from "../../browser/chapter-page.ts";
import { layerOutput, start, weightsOf } from "../../browser/tfjs-reference.ts";

/** Chapter 4's Flatten, its Dense layers and the last sum: what they print, against tfjs on the same weights. */

beforeAll(start);
/** The recorded sample that chapters open on. */
const opening = 20;
const live = (page: Page) => page.locator('[data-state="live"]').waitFor({ state: "attached" });
const machine = (page: Page, layer: string) => page.locator(`[data-testid='dense-machine'][data-layer="${layer}"]`);
const shownValue = async (page: Page, layer: string) =>
  numbersIn(await machine(page, layer).locator("h3 b").innerText())[0] as number;

describe("Flatten", () => {
  it("says where each number lands, and which one stands there", () =>
    chapter("the-whole-network", async (page) => {
      await live(page);
      const figure = page.getByTestId("flatten");
      const { values } = layerOutput(opening, "max_pooling2d_1");
      for (const index of [0, 1489, 3135]) {
        await figure.getByRole("slider").fill(String(index));
        const line = figure.locator("[data-part='index']", { hasText: index.toLocaleString("en") });
        await line.locator("b").nth(1).waitFor();
        const [row, columns, column, maps, map, at, value] = numbersIn(await line.innerText()) as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        expect((row * columns + column) * maps + map).toBe(at);
        expect(at).toBe(index);
        expect(Math.abs(value - (values[index] as number))).toBeLessThan(1e-3);
      }
    }));

  it("lays its rows end to end and folds them back", () =>
    chapter("the-whole-network", async (page) => {
      await live(page);
      const figure = page.getByTestId("flatten");
      const rows = figure.locator("[data-row]");
      const tops = () =>
        rows.evaluateAll((all) => new Set(all.map((row) => Math.round(row.getBoundingClientRect().top))).size);
      expect(await tops()).toBe(7);
      await figure.getByRole("button", { name: "flatten" }).click();
      await expect.poll(tops).toBe(1);
      await figure.getByRole("button", { name: "fold back into maps" }).click();
      await expect.poll(tops).toBe(7);
    }));
});

describe("a Dense layer at work", () => {
  it("sums a code value over all positions to what tfjs computes, at three of its values", () =>
    chapter("the-whole-network", async (page) => {
      await live(page);
      const figure = machine(page, "latent_vector");
      const expected = layerOutput(opening, "latent_vector").values;
      for (const value of [0, 1, 63]) {
        await figure.getByRole("button", { name: new RegExp(`^value ${value}(:|$)`) }).click();
        await figure.locator("h3", { hasText: new RegExp(`value ${value} =`) }).waitFor();
        expect(Math.abs((await shownValue(page, "latent_vector")) - (expected[value] as number))).toBeLessThan(1e-3);
        expectAddsUp(await figure.locator("[data-part='sum']").innerText());
      }
    }));

  it("adds position after position: the sum so far is that of the products until there", () =>
    chapter("the-whole-network", async (page) => {
      await live(page);
      const figure = machine(page, "latent_vector");
      await figure.locator("input[type='range']").fill("23");
      const running = figure.locator("[data-part='running']", { hasText: "24 of 49" });
      const { values } = layerOutput(opening, "max_pooling2d_1");
      const { kernel } = weightsOf("latent_vector");
      let expected = 0;
      for (let at = 0; at < 24 * 64; at++) expected += (values[at] as number) * (kernel[at * 64] as number);
      expect(numbersIn(await running.innerText())[2]).toBeCloseTo(expected, 2);
      await figure.getByRole("button", { name: "One place on" }).click();
      await figure.getByText("25 of 49").first().waitFor();
    }));

  it("gives the decoder's first maps from the 64 numbers, at three places, borders included", () =>
    chapter("the-whole-network", async (page) => {
      await live(page);
      const figure = machine(page, "dense");
      const { shape, values } = layerOutput(opening, "dense");
      const map = figure.getByRole("slider", { name: /^Map \d+ of dense/ });
      const channel = Number(/Map (\d+)/.exec((await map.getAttribute("aria-label")) ?? "")?.[1]);
      const box = (await map.boundingBox()) as { width: number };
      for (const [row, column] of [
        [0, 0],
        [3, 4],
        [6, 6],
      ] as const) {
        const side = box.width / 7;
        await map.click({ position: { x: (column + 0.5) * side, y: (row + 0.5) * side } });
        await figure.locator("h3", { hasText: `row ${row}, col ${column}` }).waitFor();
        const expected = values[valueIndex(shape, { row, column, channel })] as number;
        expect(Math.abs((await shownValue(page, "dense")) - expected)).toBeLessThan(1e-3);
      }
      expect(await violations(page)).toEqual([]);
    }));
});

describe("the last sum", () => {
  it("becomes the rebuilt pixel's grey by the sigmoid, and moves with the pixel", () =>
    chapter("the-whole-network", async (page) => {
      await live(page);
      await showAnswer(questionOf(page, "network-patch"));
      const section = page.getByRole("region", { name: "The last sum and its grey" });
      const line = section.locator("[data-part='last-sum']");
      await line.getByText("bias").waitFor();
      const { values } = layerOutput(opening, "conv2d_4");
      const read = async () => numbersIn(await line.innerText()) as [number, number, number, number];
      const [sum, bias, total, grey] = await read();
      expect(Math.abs(sum + bias - total)).toBeLessThan(1.1e-4);
      expect(Math.abs(1 / (1 + Math.exp(-total)) - grey)).toBeLessThan(1e-4);
      expect(Math.abs(grey - Math.max(...values))).toBeLessThan(2e-3);
      const picture = page.getByRole("slider", { name: /^The rebuilt digit/ });
      await picture.focus();
      await page.keyboard.press("Home");
      await expect.poll(async () => (await read())[3]).toBeLessThan(0.1);
      const level = Math.round(255 * (await read())[3]);
      await expect.poll(() => section.locator("[data-part='swatch']").getAttribute("style")).toContain(`rgb(${level}`);
    }));

  it("can be tried by hand, on a phone too", () =>
    chapter(
      "the-whole-network",
      async (page) => {
        await live(page);
        await showAnswer(questionOf(page, "network-patch"));
        const section = page.getByRole("region", { name: "The last sum and its grey" });
        await section.getByRole("slider").fill("0");
        await section.getByText("grey 128 of 255").waitFor();
        await section.getByRole("button", { name: "back to the pixel" }).click();
        await section.getByRole("button", { name: "slide from the bias" }).waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      },
      phone,
    ));
});
