import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { phone } from "../../browser/browser.ts";
import { chapter, numbersIn } from "../../browser/chapter-page.ts";
import { errorByWeight, start } from "../../browser/tfjs-reference.ts";

/** Chapter 6's knob: the error and the gradient of one weight against tfjs, and steps against the gradient. */

beforeAll(start);
/** The recorded sample that chapters open on. */
const opening = 20;

/** The figure, its weight's place, and readers of what it prints. */
async function knobOf(page: Page) {
  const figure = page.getByTestId("one-knob");
  await page.locator('[data-state="live"]').waitFor({ state: "attached" });
  const said = await figure.getByText(/in row \d, column \d/).innerText();
  const [row, column, channel] = numbersIn(said.replace(/conv2d_\d/, "")) as [number, number, number];
  const place = { row, column, channel };
  const numbers = async () => {
    const [weight, error, gradient] = numbersIn(await figure.locator("[data-part='numbers']").innerText());
    return { weight, error, gradient } as { weight: number; error: number; gradient: number };
  };
  return { figure, place, numbers, slider: figure.getByRole("slider") };
}

describe("one knob", () => {
  it("tells the error and the gradient that tfjs computes, at three places of the knob", () =>
    chapter("training", async (page) => {
      const { place, numbers, slider } = await knobOf(page);
      for (const at of ["-0.75", "0.1", "0.9"]) {
        await slider.fill(at);
        const told = await numbers();
        const computed = errorByWeight(opening, place, told.weight);
        expect(Math.abs(told.error - computed.error)).toBeLessThan(2e-4);
        expect(Math.abs(told.gradient - computed.gradient)).toBeLessThan(2e-4);
      }
    }));

  it("steps against the gradient, lowers the error, and overshoots when the rate is too large", () =>
    chapter("training", async (page) => {
      const { figure, numbers } = await knobOf(page);
      const step = figure.locator("[data-part='step']");
      const before = await numbers();
      const rule = numbersIn(await figure.locator("[data-part='rule']").innerText());
      expect(rule[0]).toBeCloseTo(before.weight, 3);
      expect(rule[2]).toBeCloseTo(before.gradient, 4);
      await step.click();
      const after = await numbers();
      expect(after.weight).toBeCloseTo(rule[3] as number, 3);
      expect(Math.sign(after.weight - before.weight)).toBe(-Math.sign(before.gradient));
      expect(after.error).toBeLessThan(before.error);
      await figure.getByRole("button", { name: "start again" }).click();
      expect(await numbers()).toEqual(before);
      await figure.getByRole("button", { name: "too large" }).click();
      await step.click();
      expect(Math.sign((await numbers()).gradient)).toBe(-Math.sign(before.gradient));
    }));

  it("turns by keys on a phone, and says what it says to the eye", () =>
    chapter(
      "training",
      async (page) => {
        const { numbers, slider } = await knobOf(page);
        const before = await numbers();
        await slider.focus();
        await page.keyboard.press("ArrowRight");
        const after = await numbers();
        expect(after.weight).toBeGreaterThan(before.weight);
        const said = numbersIn((await slider.getAttribute("aria-valuetext")) ?? "");
        expect(said[1]).toBe(after.error);
        expect(said[2]).toBe(after.gradient);
      },
      phone,
    ));
});
