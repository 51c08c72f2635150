import { inflateSync } from "node:zlib";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { phone, siteUrl } from "./browser.ts";
import { comparison, home, live, samples } from "./home-page.ts";
import { focused } from "./keys.ts";
import { layers, start } from "./tfjs-reference.ts";
import { touch } from "./viewer-page.ts";

/** The strip, the header's digit and the icon: one number a pixel, at every width. */

beforeAll(start);
const strip = (page: Page) => page.locator("[data-testid='strip-blocks']");
const widthOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.getBoundingClientRect().width);

/** Pixels that a layer's canvas on the strip holds, row by row. */
function canvasOf(page: Page, index: number) {
  return page
    .locator("[data-testid='strip-block']")
    .nth(index)
    .locator("canvas")
    .evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const context = (element as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
      const { data } = context.getImageData(0, 0, width, height);
      return { width, height, greys: [...data].filter((_, at) => at % 4 === 0) };
    });
}

describe("the strip", () => {
  it.each([
    // Data, eleven gaps and the code: 924 + 11 · 12 + 128; 462 + 11 · 6 + 128; 308 + 11 · 2 + 28.
    [1440, 1184, 112],
    [768, 656, 56],
    [390, 358, 112 / 3],
  ])("at %i px is %i px wide, every block in proportion to its count of numbers", (width, total, height) =>
    home({ width, height: 844, hasTouch: width < 700 }, async (page) => {
      await live(page);
      const blocks = await page.locator("[data-testid='strip-block']").evaluateAll((all) =>
        all.map((block) => {
          const picture = block.querySelector("[data-testid='strip-picture']") as HTMLElement;
          const { left, right } = block.getBoundingClientRect();
          return { left, right, height: picture.getBoundingClientRect().height };
        }),
      );
      expect((blocks.at(-1)?.right ?? 0) - (blocks[0]?.left ?? 0)).toBeCloseTo(total, 0);
      const side = height / 112;
      const tiled = layers.map(({ shape: [h, w, maps], part }) => {
        const rows = Math.min(maps, Math.floor(112 / h));
        return part === "code" ? undefined : Math.ceil(maps / rows) * w * side;
      });
      blocks.forEach((block, index) => {
        expect(block.height).toBeCloseTo(height, 0);
        const wanted = tiled[index];
        if (wanted !== undefined) expect(Math.abs(block.right - block.left - wanted)).toBeLessThan(0.1);
      });
    }),
  );

  it("on a phone with a third of a pixel a number shows the mean of each 3 × 3 numbers, ours and not the browser's", () =>
    home(phone, async (page) => {
      await live(page);
      const last = layers.length - 1;
      await page.locator("[data-testid='strip-block']").nth(last).locator("canvas:not([hidden])").waitFor();
      const { width, height, greys } = await canvasOf(page, last);
      expect([width, height]).toEqual([10, 10]);
      const recorded = samples.reconstructions.slice(20 * 784, 21 * 784).map((value) => value * 255);
      greys.forEach((grey, at) => {
        const [top, left] = [Math.floor(at / 10) * 3, (at % 10) * 3];
        const square = recorded.filter((_, pixel) => {
          const [y, x] = [Math.floor(pixel / 28) - top, (pixel % 28) - left];
          return y >= 0 && y < 3 && x >= 0 && x < 3;
        });
        expect(Math.abs(grey - square.reduce((sum, value) => sum + value, 0) / square.length)).toBeLessThan(2);
      });
    }));

  it("has one number a pixel where the screen has a pixel for each", () =>
    home({ ...phone, deviceScaleFactor: 3 }, async (page) => {
      await live(page);
      const { width, height } = await canvasOf(page, layers.length - 1);
      expect([width, height]).toEqual([28, 28]);
    }));

  it.each([
    [1440, 16],
    [1440, 24],
    [820, 16],
  ])("names its layers without one name touching another, %i px wide in letters of %i px", (width, letters) =>
    home({ width, height: 900 }, async (page) => {
      await page.evaluate((size) => document.documentElement.style.setProperty("font-size", `${size}px`), letters);
      const names = await strip(page)
        .locator("[data-testid='strip-block'] > [aria-hidden]")
        .evaluateAll((labels) =>
          labels.map((label) => {
            const range = document.createRange();
            range.selectNodeContents(label);
            const { left, right, top } = range.getBoundingClientRect();
            return { left, right, top, size: Number.parseFloat(getComputedStyle(label).fontSize) };
          }),
        );
      expect(names).toHaveLength(12);
      for (const { size } of names) expect(size).toBe(0.75 * letters);
      const gaps = names.flatMap((name, at) => {
        const next = names.slice(at + 1).find(({ top }) => Math.abs(top - name.top) < 2);
        return next ? [next.left - name.right] : [];
      });
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2.5);
    }),
  );

  it("opens its rows at the zone that a thumb meets, each row opening its layer", () =>
    home(phone, async (page) => {
      await live(page);
      const zones = page.locator("[data-testid='strip-list'] summary > span");
      const widths = await zones.evaluateAll((all) =>
        all.map((zone) => Math.round(zone.getBoundingClientRect().width)),
      );
      expect(widths).toEqual([149, 60, 149]);
      await strip(page).scrollIntoViewIfNeeded();
      const box = (await strip(page).boundingBox()) as { x: number; y: number; width: number };
      await page.touchscreen.tap(box.x + box.width * 0.8, box.y + 12); // on the strip itself
      const rows = page.locator("[data-testid='strip-list'] li a");
      expect(await rows.count()).toBe(layers.length);
      expect(await focused(page)).toContain("dense7 × 7 × 64");
      const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(48);
      await page.locator("[data-testid='strip-list'] li a", { hasText: "conv2d_3" }).tap();
      const opened = page.getByRole("region", { name: "Conv 4, opened" });
      await opened.getByRole("link", { name: "Open Conv 4 in the viewer" }).tap();
      await page.waitForURL(/viewer\?.*layer=conv2d_3/);
    }));
});

describe("the header", () => {
  it.each([
    [1440, 192],
    [390, 192],
    [320, 128],
  ])("at %i px has picture, %i px of code, picture", (width, code) =>
    home({ width, height: 844 }, async (page) => {
      expect(await widthOf(page, "header [role='img'] svg")).toBe(code);
      expect(await page.locator("header [role='img'] canvas").count()).toBe(2);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }),
  );

  it("gives way to scrolling down, comes back on the way up, and stays under the focus", () =>
    home(phone, async (page) => {
      await live(page);
      await comparison(page).waitFor(); // the last thing that comes by itself and moves what stands below it
      const top = () => page.locator("header").evaluate((header) => Math.round(header.getBoundingClientRect().top));
      expect(await top()).toBe(0);
      const finger = await touch(page);
      // In the page's margin, where no pad or bar takes the finger.
      await finger.move({ x: 6, y: 760 }, { x: 6, y: 300 });
      await expect.poll(top).toBe(-56);
      const menu = page.locator("[data-testid='menu'] summary");
      await menu.evaluate((summary) => (summary as HTMLElement).focus({ preventScroll: true }));
      await expect.poll(top).toBe(0);
      await menu.blur();
      await expect.poll(top).toBe(-56);
      await finger.move({ x: 6, y: 300 }, { x: 6, y: 420 });
      await expect.poll(top).toBe(0);
    }));

  it("has the switch of the colours in its menu where the code takes its room", () =>
    home(phone, async (page) => {
      await live(page);
      await page.locator("[data-testid='menu'] summary").tap();
      await page.getByRole("button", { name: "Light or dark" }).tap();
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
      expect(await page.getByRole("button", { name: "Switch between light and dark" }).isVisible()).toBe(false);
    }));
});

it("the icon is the code of the digit that the site opens on", async () => {
  const html = await (await fetch(siteUrl())).text();
  const address = /<link rel="icon" href="([^"]+)"/.exec(html)?.[1] as string;
  const png = Buffer.from(await (await fetch(new URL(address, siteUrl()))).arrayBuffer());
  const data = png.indexOf("IDAT");
  const raw = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  // Tile 0 to 63, row by row, 8 × 8 pixels each; red goes from 20 for nothing to 233 for the greatest number.
  const code = samples.latents.slice(20 * 64, 21 * 64).map(Math.abs);
  const greatest = Math.max(...code);
  for (let pixel = 0; pixel < 64 * 64; pixel++) {
    const [y, x] = [Math.floor(pixel / 64), pixel % 64];
    const part = (code[Math.floor(y / 8) * 8 + Math.floor(x / 8)] as number) / greatest;
    expect(Math.abs((raw[y * 257 + 1 + x * 4] as number) - (20 + 213 * part))).toBeLessThanOrEqual(0.51);
  }
});

describe("on the pages of another run", () => {
  const footerOf = (html: string) => /<footer[\s\S]*<\/footer>/.exec(html)?.[0] ?? "";
  const codeOf = (html: string) => /<header[\s\S]*?<path d="([^"]*h2v[^"]*)"/.exec(html)?.[1];
  const get = async (path: string) => (await fetch(`${siteUrl()}${path}`)).text();

  it.each(["/chapters/counting?run=assignment-128", "/runs/assignment-128/report"])(
    "%s has its name at the foot and its code in the header",
    async (path) => {
      const html = await get(path);
      expect(footerOf(html)).toContain("assignment-128");
      expect(codeOf(html)?.match(/M/g)).toHaveLength(128);
      expect(codeOf(await get("/chapters/counting"))?.match(/M/g)).toHaveLength(64);
    },
  );

  it("falls back to the default run where there is none of that name", async () => {
    expect(footerOf(await get("/chapters/counting?run=missing"))).toMatch(/>assignment</);
  });
});
