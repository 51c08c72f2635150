import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { chapters } from "../../../apps/web/content/chapters.ts";
import { violationsInBothThemes } from "../../browser/axe.ts";
import { desktop, phone } from "../../browser/browser.ts";
import { chapter } from "../../browser/chapter-page.ts";

/** Every chapter at every width, with axe, under a thumb; one load of the page for all that is asked of it. */

const slugs = chapters.map(({ slug }) => slug);

it.each(slugs)("%s fits every width, has controls of at least 44 px, and passes axe on a phone", (slug) =>
  chapter(
    slug,
    async (page) => {
      await expectToFit(page, [320, 390, 768, 1440]);
      await page.setViewportSize(phone);
      expect(await smallControls(page)).toEqual([]);
      await expectNoViolations(page);
    },
    { ...phone, width: 320 },
  ),
);

it.each(slugs)("%s fits a desk, and passes axe there", (slug) =>
  chapter(
    slug,
    async (page) => {
      await expectToFit(page, [1440]);
      await page.setViewportSize(desktop);
      await expectNoViolations(page);
    },
    { ...desktop, width: 1440 },
  ),
);

/** As the page opens, and with everything unfolded and answered. */
async function expectNoViolations(page: Page) {
  expect(await violationsInBothThemes(page)).toEqual([]);
  await unfoldAndAnswer(page);
  expect(await violationsInBothThemes(page)).toEqual([]);
}

async function expectToFit(page: Page, widths: readonly number[]) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const found = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(found, `at ${width} px`).toEqual([width, width]);
  }
}

async function unfoldAndAnswer(page: Page) {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) fold.open = true;
  });
  // A question and the gate that waits for it close together.
  const closed = page.locator("[data-part='show-answer']");
  while ((await closed.count()) > 0) await closed.first().click();
}

/** Controls that are smaller than a thumb. */
function smallControls(page: Page): Promise<string[]> {
  return page.locator("main button, main summary, main input").evaluateAll((elements) =>
    elements.flatMap((element) => {
      if (!element.checkVisibility() || element.matches("[data-testid='term'], [type='checkbox'], [type='radio']"))
        return [];
      if (element.closest("[data-testid='positions']")) return []; // the waterfall below has the same choices
      const { width, height } = element.getBoundingClientRect();
      const least = element.closest("[data-testid='contact-sheet']") ? 40 : 43.9; // eight in a row of a phone
      return width >= least && height >= least ? [] : [`${element.textContent} ${width} × ${height}`];
    }),
  );
}
