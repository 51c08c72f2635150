import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { desktop, openPage, untilAnswering } from "./browser.ts";

/** What is pressed and entered while a page's scripts are still under way is done once they are there. */

/** Opens a page whose scripts are held back, does something, and lets them come. */
async function early(path: string, act: (page: Page) => Promise<unknown>, expected: (page: Page) => Promise<void>) {
  const { page, problems, close } = await openPage(desktop, "fresh");
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  try {
    await page.goto(path, { waitUntil: "commit" });
    await act(page);
    release();
    await untilAnswering(page);
    await expected(page);
    expect(problems).toEqual([]);
  } finally {
    release();
    await close();
  }
}

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme);

it("a button, and only once however often it was pressed", () =>
  early(
    "/",
    async (page) => {
      const toggle = page.getByRole("button", { name: "Switch between light and dark" });
      for (let press = 0; press < 2; press++) await toggle.click();
      expect(await theme(page)).toBeUndefined();
    },
    (page) => expect.poll(() => theme(page)).toBe("dark"),
  ));

it("a tick, and the button that shows the marks", () =>
  early(
    "/grading",
    async (page) => {
      await page.getByLabel("I expect ½").first().check();
      await page.getByRole("button", { name: "Show the marks" }).click();
    },
    async (page) => {
      await page.locator("[data-phase=looked], [data-phase=done]").waitFor();
      await page.getByText("Your estimate: 0.5", { exact: true }).waitFor();
    },
  ));

it("text", () =>
  early(
    "/stuck",
    (page) => page.locator("textarea").fill("0.0045"),
    async (page) => {
      await page.getByText(/good/i).first().waitFor();
      expect(await page.locator("textarea").inputValue()).toBe("0.0045");
    },
  ));
