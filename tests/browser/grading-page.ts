import type { Page } from "playwright-core";
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
