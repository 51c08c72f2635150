import type { Page } from "playwright-core";

/** Presses for the marks and waits until the first images are through. */
export async function look(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Show the marks" }).click();
  await page.locator("[data-phase=looked], [data-phase=done]").waitFor({ timeout: 60_000 });
}
