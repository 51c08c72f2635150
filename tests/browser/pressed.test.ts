import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { desktop, type View, visit } from "./browser.ts";

/** What is pressed can be read: its letters against what lies behind them, alone and under the pointer. */

const pages = [
  "/",
  "/viewer?layer=conv2d&level=sheet",
  "/chapters/the-data",
  "/chapters/convolution-pixel-by-pixel",
  "/chapters/counting",
  "/chapters/training",
];

/** WCAG's contrast of the computed colours, over the nearest background that is not transparent. */
const contrastOf = (element: Element): number => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;
  const rgba = (colour: string) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data] as [number, number, number, number];
  };
  const luminance = (colour: string) => {
    const [r, g, b] = rgba(colour).map((level) => {
      const part = level / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind: Element | null = element;
  while (behind && rgba(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const levels = [
    luminance(getComputedStyle(element).color),
    luminance(behind ? getComputedStyle(behind).backgroundColor : "#fff"),
  ];
  return (Math.max(...levels) + 0.05) / (Math.min(...levels) + 0.05);
};

/** Every pressed button with letters, one of each look on a page. */
async function expectReadable(page: Page, tap: boolean) {
  const pressed = page.locator("button[aria-pressed='true']").filter({ hasText: /\S/, visible: true });
  const looks = new Set<string>();
  for (const button of await pressed.all()) {
    const look = await button.evaluate((one) => `${one.className} of ${one.parentElement?.className}`);
    if (looks.has(look)) continue;
    looks.add(look);
    const name = `${await button.innerText()} (${look})`;
    expect(await button.evaluate(contrastOf), name).toBeGreaterThanOrEqual(4.5);
    const before = await button.getAttribute("aria-pressed");
    if (tap) {
      await button.tap();
      if ((await button.getAttribute("aria-pressed")) !== before) await button.tap(); // it was switched off
    } else {
      await button.hover();
      expect(await button.evaluate((one) => one.matches(":hover")), name).toBe(true);
    }
    expect(await button.evaluate(contrastOf), `${name}, under the pointer`).toBeGreaterThanOrEqual(4.5);
  }
  return looks.size;
}

describe("a pressed button", () => {
  it.each(["light", "dark"] as const)(
    "is readable alone and under the pointer, in the %s theme",
    async (colorScheme) => {
      let looks = 0;
      for (const path of pages) {
        await visit(path, { view: { ...desktop, colorScheme } }, async (page) => {
          looks += await expectReadable(page, false);
        });
      }
      expect(looks).toBeGreaterThanOrEqual(5);
    },
  );

  it.each(["light", "dark"] as const)("is readable after a tap, in the %s theme", (colorScheme) => {
    const view: View = { ...desktop, colorScheme, hasTouch: true };
    return visit("/chapters/convolution-pixel-by-pixel", { view }, async (page) => {
      expect(await expectReadable(page, true)).toBeGreaterThanOrEqual(2);
    });
  });
});
