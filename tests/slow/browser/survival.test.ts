import { expect, it } from "vitest";
import { openPage, phone } from "../../browser/browser.ts";
import { digit, floats, keep, pages, source } from "../../browser/kept.ts";
import { overlaps, sticksOut } from "../../browser/overlaps.ts";

/** What no page of ours would keep, under the keys that they read. */
const hostileDigits = [
  { ...digit, pixels: floats(783, 0) },
  { ...digit, pixels: floats(784, Number.NaN) },
  { ...digit, latent: floats(3, 0) },
  { ...digit, latent: floats(64, Number.POSITIVE_INFINITY) },
  { ...digit, reconstruction: floats(1, 0) },
  { ...digit, source: { ...source, sample: -50 } },
  { ...digit, source: { ...source, sample: 9_000 } },
];
const hostileTexts = {
  theme: '"><script>alert(1)</script>',
  progress: '{"parameters":1e999,"__proto__":{"x":1},"constructor":[]}',
  "grading:assignment":
    '{"estimate":{"A1":1e999},"ticks":{"D1":"yes"},"overrides":{"A1":{"marks":-1e999,"reason":""}}}',
  "report/assignment/labels": "\u0000\ud800<script>alert(1)</script>",
};

it.each(pages.map((path, at) => [path, hostileDigits[at % hostileDigits.length]] as const))(
  "%s stands whole over a nonsensical storage, and at 280 px with letters twice as large",
  async (path, digit) => {
    const { page, problems, close } = await openPage({ ...phone, width: 280 }, "fresh");
    await keep(page, digit, hostileTexts);
    await page.goto(path, { waitUntil: "networkidle" });
    expect(await page.locator("h1").innerText()).not.toContain("broke off");
    expect(await page.getByRole("img", { name: /^Your current digit: test digit/ }).count()).toBe(1);
    expect(problems).toEqual([]);
    await page.addStyleTag({ content: "html { font-size: 200% }" });
    expect(await sticksOut(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(280);
    expect(await overlaps(page)).toEqual([]);
    await close();
  },
);
