import { valueIndex } from "@autoencoder/model";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { violationsInBothThemes } from "./axe.ts";
import { desktop, type View, visit } from "./browser.ts";
import { layerOutput } from "./tfjs-reference.ts";

/** What the tests of the viewer open, read and touch. */

export const wide: View = { ...desktop, width: 1440 };
export const sample = 23;

export async function viewer(
  view: View,
  query: string,
  look: (page: Page) => Promise<void>,
  prepare?: (page: Page) => Promise<unknown>,
) {
  await visit(`/viewer?${query}`, { view, prepare }, look);
}

export const live = (page: Page) => page.locator('[data-state="live"]').waitFor();
export const at = (layer: string, { row = 0, column = 0, map = 0, level = "value" }) =>
  `digit=${sample}&layer=${layer}&map=${map}&row=${row}&column=${column}&level=${level}`;
/** A printed number; signs are typographic. */
export const numberIn = (text: string) => Number(text.replace("−", "-").replace("+", "").replaceAll(",", "").trim());
export const arithmetic = (page: Page) => page.getByRole("region", { name: "The arithmetic of the chosen value" });

/** The region that tells how far the page is from the trainer. */
export const trustPanel = (page: Page) => page.locator("section:has([data-part='difference'])");
/** What opens a fold. */
export const fold = (page: Page | Locator, part: string) => page.locator(`[data-part='${part}'] > summary`);
/** The products of a group of the chosen value's sum, by the group's name. */
export const productsOf = (page: Page, group: string) =>
  page.locator("[data-part='products']", { has: page.getByRole("heading", { name: new RegExp(`^${group}\\b`) }) });

export async function numbersOf(page: Page, selector: string): Promise<number[]> {
  return (await arithmetic(page).locator(selector).allInnerTexts()).map(numberIn);
}

/** The value of a place as tfjs has it. */
export function expected(layer: string, place: { row?: number; column?: number; map?: number }): number {
  const { shape, values } = layerOutput(sample, layer);
  const { row = 0, column = 0, map = 0 } = place;
  return values[valueIndex(shape, { row, column, channel: map })] as number;
}

/** A finger that moves; Playwright's own only taps. */
export async function touch(page: Page) {
  const session = await page.context().newCDPSession(page);
  type At = { x: number; y: number };
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: At[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const hold = async (from: At, to: At) => {
    await send("touchStart", [from]);
    for (let step = 1; step <= 6; step++) {
      const part = step / 6;
      await send("touchMove", [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
    }
  };
  const lift = () => send("touchEnd", []);
  const move = async (from: At, to: At) => {
    await hold(from, to);
    await lift();
  };
  return { hold, lift, move };
}

/** What axe finds in both themes as the viewer stands with its folds open, and then with a pixel's way back too. */
export async function auditViewer(view: View): Promise<void> {
  await viewer(view, at("conv2d_1", { row: 5, column: 9, map: 17 }), async (page) => {
    await live(page);
    await page.getByRole("region", { name: "What feeds this map" }).waitFor();
    const traceFold = fold(page, "trace");
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) {
        if (fold.dataset.part !== "trace") fold.open = true;
      }
    });
    await page.getByRole("region", { name: "Switch it off" }).waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await traceFold.click();
    await page.getByRole("region", { name: "One pixel, end to end" }).waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
  });
}
