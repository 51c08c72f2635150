import { describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { desktop, phone, type View } from "../../browser/browser.ts";
import { button, home, live, pad, picture, restedDigit, swipe } from "../../browser/home-page.ts";
import { tabTo } from "../../browser/keys.ts";

/** Every figure of the home page, once with keys alone and once with a finger at 390 px. */

const wide: View = { ...desktop, width: 1440 };

describe("the home page", () => {
  it("is walked with keys alone, each stop seen: code, pad and its tools, test digits, strip, doors", () =>
    home(wide, async (page) => {
      await live(page);
      await tabTo(page, /^Look inside/);
      await tabTo(page, /^difference$/);
      await page.keyboard.press("Enter");
      await picture(page, "rebuilt minus drawn").waitFor();
      await page.keyboard.press("Enter");
      await tabTo(page, /^Drawing pad$/);
      for (const key of ["Space", ...Array<string>(8).fill("ArrowDown"), "Space"]) await page.keyboard.press(key);
      expect((await restedDigit(page)).source.kind).toBe("drawn");
      await tabTo(page, /^Pen: medium/);
      await page.keyboard.press("Enter");
      await button(page, "Pen: thick; change its width").waitFor();
      await tabTo(page, /^Clear the pad$/);
      await page.keyboard.press("Enter");
      await picture(page, "nothing rebuilt yet").waitFor();
      await tabTo(page, /^Test digit 6$/);
      await page.keyboard.press("Enter");
      await picture(page, "the digit rebuilt from its code").waitFor();
      await page.getByRole("slider", { name: "The 64 numbers of the code" }).focus();
      await page.keyboard.press("End");
      await page.locator("label", { hasText: "Pull value 63" }).waitFor();
      await page.keyboard.press("Shift+ArrowUp");
      await tabTo(page, /^all back$/);
      await page.keyboard.press("Enter");
      await tabTo(page, /^Input, encoder_input in Keras/);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("End");
      expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toContain("layer=conv2d_4");
      await tabTo(page, /^The 64 numbers as a table$/);
      await page.keyboard.press("Enter");
      await tabTo(page, /^The code's numbers$/);
      await tabTo(page, /^Stuck at 0.11/);
    }));

  it("is walked with a finger at 390 px: tools, test digits, code, table, doors", () =>
    home(phone, async (page) => {
      await live(page);
      await button(page, "Next test digit").tap();
      const { source } = await restedDigit(page);
      expect(source.kind).toBe("test");
      const chart = page.getByRole("slider", { name: "The 64 numbers of the code" });
      await chart.scrollIntoViewIfNeeded();
      const box = (await chart.boundingBox()) as { x: number; y: number; width: number; height: number };
      const y = box.y + box.height / 2;
      await swipe(page, [
        [box.x + (box.width * 2.5) / 64, y],
        [box.x + (box.width * 20.5) / 64, y],
        [box.x + (box.width * 40.5) / 64, y],
      ]);
      await page.locator("label", { hasText: "Pull value 40" }).waitFor();
      await button(page, "Pen: medium; change its width").tap();
      const at = (await pad(page).boundingBox()) as { x: number; y: number; width: number };
      await page.touchscreen.tap(at.x + at.width / 2, at.y + at.width / 2);
      await page.waitForFunction(() => sessionStorage.getItem("current-digit")?.includes("drawn"));
      await button(page, "Undo the last stroke").tap();
      await picture(page, "nothing rebuilt yet").waitFor();
      await button(page, "Test digit 9").tap();
      await picture(page, "the digit rebuilt from its code").waitFor();
      await page.locator("[data-part='numbers'] summary").tap();
      const cells = page.getByRole("region", { name: "The code's numbers" }).locator("td");
      await cells.nth(63).waitFor();
      expect(await cells.count()).toBe(64);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await page.getByRole("link", { name: /^Look inside/ }).tap();
      await page.waitForURL(/viewer/);
      await live(page);
      await page.locator("[data-part='digit'] summary", { hasText: "a 9" }).waitFor(); // the reader's digit came along
    }));

  it.each([
    ["light", wide],
    ["dark", wide],
    ["light", phone],
    ["dark", phone],
  ] as const)("passes axe in %s with its folds and the menu open (%o)", (colorScheme, view) =>
    home({ ...view, colorScheme }, async (page) => {
      await live(page);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll("details")) fold.open = true;
      });
      expect(await violations(page)).toEqual([]);
    }),
  );
});
