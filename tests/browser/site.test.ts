import { describe, expect, test } from "vitest";
import { desktop, openPage, phone } from "./browser.ts";
import { numbersIn } from "./chapter-page.ts";
import { comparison, live } from "./home-page.ts";

/** Every page, as a reader meets it: nothing broken, nothing from elsewhere, nothing wider than the screen. */

const pages = ["/", "/viewer", "/chapters/hand-it-in", "/runs", "/runs/assignment/report"];
const views = { desktop, "narrow phone": { ...phone, width: 320 } };

describe.each(pages)("%s", (path) => {
  test.each(Object.entries(views))(
    "opens on a %s without errors, other hosts or sideways scrolling",
    async (_, view) => {
      const { page, problems, close } = await openPage(view);
      const answer = await page.goto(path, { waitUntil: "networkidle" });
      expect(answer?.status()).toBe(200);
      expect(await page.locator("h1").count()).toBe(1);
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(widths[0]).toBeLessThanOrEqual(widths[1] as number);
      expect(problems).toEqual([]);
      await close();
    },
  );
});

test("the home page computes live, and within 2e-3 of the trainer in every pixel", async () => {
  const { page, problems, close } = await openPage(desktop);
  await page.goto("/");
  await live(page);
  const [pixel, , count] = numbersIn(await comparison(page).innerText()).slice(-3) as [number, number, number];
  expect(pixel).toBeLessThanOrEqual(2e-3);
  expect(count).toBe(100);
  await page.getByRole("button", { name: "Test digit 7" }).click();
  await page.locator("[data-part='live-line'][data-timed='true']").waitFor();
  expect(problems).toEqual([]);
  await close();
});

test.each(["/teach", "/teach/questions", "/grading", "/no-such-page", "/chapters/the-data"])(
  "every link of %s that stands alone is at least 44 px for a thumb",
  async (path) => {
    const { page, close } = await openPage(phone);
    await page.goto(path);
    const small = await page.locator("main a, [aria-label='Breadcrumb'] a").evaluateAll((links) =>
      links.flatMap((link) => {
        const around = link.closest("p, li, td, figcaption, dd, summary") ?? link.parentElement;
        const inSentence =
          getComputedStyle(link).display === "inline" && around?.textContent?.trim() !== link.textContent?.trim();
        const { width, height } = link.getBoundingClientRect();
        return inSentence || !width || (width >= 43.9 && height >= 43.9)
          ? []
          : [`${link.textContent} ${width} × ${height}`];
      }),
    );
    expect(small).toEqual([]);
    await close();
  },
);
