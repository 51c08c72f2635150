import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chapters } from "../../../apps/web/content/chapters.ts";
import { phone } from "../../browser/browser.ts";
import { chapter } from "../../browser/chapter-page.ts";

/**
 * Every figure and every question of every chapter, with keys alone and with a finger: each kind of control that it has is
 * used once and must change what it shows. What the numbers then are, the tests of the chapters hold.
 */

/** Kinds of controls: how they are found, and how a key and a finger use them. */
const kinds = {
  "a fold": { selector: "summary", key: "Enter", at: 0.1 },
  "a map or a curve": { selector: "[role='slider']:not(input)", key: "ArrowLeft", at: 0.3 },
  "a slider": { selector: "input[type='range']", key: "ArrowLeft", at: 0.85 },
  "a slider at its left end": { selector: "input[type='range']", key: "ArrowRight", at: 0.6 },
  "a choice": { selector: "button[aria-pressed='false']:not([tabindex='-1'])", key: "Enter", at: 0.5 },
  "a button": { selector: "button:not([aria-pressed], [aria-current], [tabindex='-1'])", key: "Enter", at: 0.5 },
  "a box to tick": { selector: "input[type='checkbox']", key: "Space", at: 0.5 },
} as const;
type Kind = keyof typeof kinds;

/** Figures, questions and folds, the outermost ones. */
const outermost = "main :is(figure, .wide, [data-gate], [data-question], [data-part='choose-digit'], details)";

async function parts(page: Page): Promise<Locator[]> {
  await page.waitForLoadState("networkidle");
  const count = await page.evaluate((selector) => {
    const all = [...document.querySelectorAll<HTMLElement>(selector)];
    const outer = all.filter((one) => !one.parentElement?.closest(selector));
    for (const [at, one] of outer.entries()) one.dataset.walk = String(at);
    return outer.length;
  }, outermost);
  return Array.from({ length: count }, (_, at) => page.locator(`[data-walk="${at}"]`));
}

/** All that a part shows: words, pictures, values and states. */
function shown(part: Locator): Promise<string> {
  return part.evaluate((element) => {
    const pictures = [...element.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL());
    const drawn = [...element.querySelectorAll("svg")].map((svg) => svg.innerHTML);
    const values = [...element.querySelectorAll("input")].map((input) => `${input.value} ${input.checked}`);
    const states = [...element.querySelectorAll("[aria-valuetext], [aria-pressed], details")].map(
      (one) => `${one.getAttribute("aria-valuetext")} ${one.getAttribute("aria-pressed")} ${one.hasAttribute("open")}`,
    );
    const open = element.hasAttribute("open");
    return JSON.stringify([(element as HTMLElement).innerText, open, pictures, drawn, values, states]);
  });
}

function atLeftEnd(slider: Locator): Promise<boolean> {
  return slider.evaluate(
    (element) => Number((element as HTMLInputElement).value) === Number(element.getAttribute("min")),
  );
}

/** Uses one control of each kind; returns what was used. */
async function walk(page: Page, use: (control: Locator, kind: Kind) => Promise<void>): Promise<string[]> {
  const used: string[] = [];
  for (const [at, part] of (await parts(page)).entries()) {
    for (const kind of Object.keys(kinds) as Kind[]) {
      const control = part.locator(kinds[kind].selector).and(page.locator(":visible:not([disabled])")).first();
      if ((await control.count()) === 0) continue;
      if (kind.startsWith("a slider") && (await atLeftEnd(control)) !== (kind === "a slider at its left end")) continue;
      const before = await shown(part);
      const name = `${kind} of part ${at}, ${(await control.innerText().catch(() => "")).slice(0, 30)}`;
      await use(control, kind);
      await expect.poll(async () => (await shown(part)) !== before, { message: name }).toBe(true);
      used.push(name);
    }
  }
  return used;
}

describe.each(chapters.map(({ slug }) => slug))("%s", (slug) => {
  it("answers to keys alone, and shows where the focus is", () =>
    chapter(slug, async (page) => {
      const used = await walk(page, async (control, kind) => {
        await control.focus();
        await page.keyboard.press("Shift+Tab");
        await page.keyboard.press("Tab"); // so that the focus is one of the keyboard's
        expect(await control.evaluate((element) => element === document.activeElement)).toBe(true);
        const outline = await control.evaluate((element) => getComputedStyle(element).outlineStyle);
        expect(outline, kind).not.toBe("none");
        await page.keyboard.press(kinds[kind].key);
      });
      expect(used.length).toBeGreaterThan(2);
    }));

  it("answers to a finger at 390 px, and stays as wide as the screen", () =>
    chapter(
      slug,
      async (page) => {
        const used = await walk(page, async (control, kind) => {
          await control.scrollIntoViewIfNeeded();
          const { width, height } = (await control.boundingBox()) as { width: number; height: number };
          await control.tap({ position: { x: width * kinds[kind].at, y: height / 2 } });
        });
        expect(used.length).toBeGreaterThan(2);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      },
      phone,
    ));
});
