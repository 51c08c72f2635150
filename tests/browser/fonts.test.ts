import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { phone, visit } from "./browser.ts";

/** The site's faces on a slow first visit. */

/** The width of the headline's words, which changes with its face. */
const headline = (page: Page) =>
  page.locator("h1").evaluate((heading) => {
    const words = document.createRange();
    words.selectNodeContents(heading);
    return Math.round(words.getBoundingClientRect().width);
  });
const loaded = (page: Page) =>
  page.evaluate(() => [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family));

it("come into use on the first page, however late they arrive", () =>
  visit(
    "/chapters/counting",
    {
      view: phone,
      // A face that is `optional` is given up after a tenth of a second, one that is `fallback` after three.
      prepare: (page) =>
        page.route("**/*.woff2", async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 3500));
          await route.continue();
        }),
    },
    async (page) => {
      await expect.poll(async () => (await loaded(page)).length).toBeGreaterThanOrEqual(2);
      const late = await headline(page);
      await page.unroute("**/*.woff2");
      await page.reload();
      await page.evaluate(() => document.fonts.ready);
      expect(late).toBe(await headline(page));
    },
  ));
