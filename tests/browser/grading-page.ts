import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violationsInBothThemes } from "./axe.ts";
import { desktop, type View, visit } from "./browser.ts";

export const grading = (look: (page: Page) => Promise<void>, view: View = desktop, path = "/grading") =>
  visit(path, { view }, look);

/** What a check says of its numbers. */
export const line = (page: Page, id: string) => page.locator(`[data-check=${id}] [data-part=line]`).innerText();

/** Presses for the marks and waits until the first images are through. */
export async function look(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Show the marks" }).click();
  await page.locator("[data-phase=looked], [data-phase=done]").waitFor({ timeout: 60_000 });
}

/** What axe finds in both themes before the marks, and after them, with everything unfolded. */
export async function auditGrading(view: View): Promise<void> {
  await grading(async (page) => {
    expect(await violationsInBothThemes(page)).toEqual([]);
    await look(page);
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) fold.open = true;
    });
    expect(await violationsInBothThemes(page)).toEqual([]);
  }, view);
}
