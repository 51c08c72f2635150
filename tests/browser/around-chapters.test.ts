import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { cells } from "../../apps/web/content/program.ts";
import { desktop, phone, type View, visit } from "./browser.ts";
import { showAnswer } from "./chapter-page.ts";
import { testImages } from "./home-page.ts";

/** The program, and the figures of the data. */

const wide: View = { ...desktop, width: 1440 };
const on = (path: string, look: (page: Page) => Promise<void>, view: View = wide) => visit(path, { view }, look);

describe("the program", () => {
  it("shows its ten cells, each leading to a heading that is there, and offers them as a script and a notebook", () =>
    on("/program", async (page) => {
      expect(await page.locator("[data-testid='program-cell'] pre").allInnerTexts()).toEqual(
        cells.map(({ code }) => code),
      );
      expect(cells).toHaveLength(10);
      const links = await page
        .locator("[data-testid='program-cell'] p a")
        .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
      for (const link of links) {
        const answer = await fetch(link);
        expect(answer.status, link).toBe(200);
        const heading = link.split("#")[1];
        if (heading) expect(await answer.text(), link).toContain(`<h2 id="${heading}"`);
      }
      const [notebook, script] = await Promise.all(
        (await page.locator("a[download]").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href))).map(
          async (href) => (await fetch(href)).text(),
        ),
      );
      const { cells: pieces, nbformat } = JSON.parse(notebook as string);
      expect(nbformat).toBe(4);
      const code = pieces.filter((cell: { cell_type: string }) => cell.cell_type === "code");
      expect(code.map(({ source }: { source: string[] }) => source.join(""))).toEqual(cells.map((cell) => cell.code));
      for (const cell of cells) expect(script).toContain(cell.code);
    }));

  it("shades the right edge of code that is cut on a phone, until its end is reached", () =>
    on(
      "/program",
      async (page) => {
        const code = page.locator("[data-testid='program-cell'] pre").filter({ hasText: "bias_initializer" });
        expect(await code.evaluate((pre) => pre.scrollWidth > pre.clientWidth)).toBe(true);
        await code.scrollIntoViewIfNeeded();
        /** The mean grey of a strip of the block's right padding, which no letter reaches. */
        const edge = async () => {
          const { x, y, width, height } = (await code.boundingBox()) as Record<"x" | "y" | "width" | "height", number>;
          const png = await page.screenshot({ clip: { x: x + width - 4, y: y + height - 9, width: 3, height: 4 } });
          return page.evaluate(
            async (bytes) => {
              const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
              const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
              context?.drawImage(bitmap, 0, 0);
              const { data = [] } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? {};
              return Array.from(data).reduce((sum, value) => sum + value, 0) / data.length;
            },
            [...png],
          );
        };
        const cut = await edge();
        await code.evaluate((pre) => {
          pre.scrollLeft = pre.scrollWidth;
        });
        expect((await edge()) - cut).toBeGreaterThan(10);
      },
      phone,
    ));
});

describe("the data", () => {
  const mse = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, at) => sum + ((value - (b[at] as number)) / 255) ** 2, 0) / 784;
  const digit = (index: number) => testImages.subarray(16 + index * 784, 16 + (index + 1) * 784);

  it("shows pairs with the errors that their pixels have, the smaller one marked", () =>
    on("/chapters/the-data", async (page) => {
      await showAnswer(page.locator("[data-gate='data-black']"));
      const pairs = page.locator("[data-testid='pairs'] li");
      expect(await pairs.count()).toBe(6);
      for (const pair of await pairs.all()) {
        const labels = await pair
          .locator("img")
          .evaluateAll((all) => all.map((image) => image.getAttribute("alt") ?? ""));
        const [first, second] = labels.map((label) => digit(Number(/\d+/.exec(label)?.[0]))) as [Buffer, Buffer];
        const shown = (await pair.locator(".number").allInnerTexts()).map(Number);
        const errors = [mse(first, second), mse(first, new Uint8Array(784))] as const;
        expect(shown).toEqual(errors.map((error) => Number(error.toFixed(4))));
        expect(await pair.getAttribute("data-nearer")).toBe(errors[1] < errors[0] ? "black" : "other");
      }
    }));

  it("shows the bytes around the pixel that is pointed at, and its first page without script", async () => {
    await on("/chapters/the-data", async (page) => {
      const browse = page.locator("[data-testid='browse']");
      await browse.getByRole("button", { name: "7", exact: true }).click();
      await browse.getByRole("button", { name: "best rebuilt first" }).click();
      await page.waitForLoadState("networkidle");
      const map = browse.getByRole("slider");
      await map.focus();
      for (const key of ["ArrowUp", "ArrowUp", "ArrowRight"]) await page.keyboard.press(key);
      const index = Number(/Test digit (\d+)/.exec((await map.getAttribute("aria-label")) ?? "")?.[1]);
      const bytes = digit(index);
      const shown = (await browse.locator("[data-testid='around'] td").allInnerTexts()).map(Number);
      const expected = Array.from({ length: 49 }, (_, at) => bytes[(9 + Math.floor(at / 7)) * 28 + 12 + (at % 7)]);
      expect(shown).toEqual(expected);
    });
    await on(
      "/chapters/the-data",
      async (page) => expect(await page.locator("[data-testid='browse'] li").count()).toBe(24),
      {
        ...wide,
        javaScriptEnabled: false,
      },
    );
  });
});

describe("a large picture within text", () => {
  it.each([
    ["the-data", "[data-testid='map']", "[data-part='pixel']"],
    ["training", "[data-testid='pixel-error'] [data-testid='map']", "[data-testid='pixel-error'] caption"],
  ])(
    "of %s tells the pixel that a mouse is over, or a finger taps, and lets a finger scroll the page",
    async (slug, map, told) => {
      for (const view of [wide, phone]) {
        await on(
          `/chapters/${slug}`,
          async (page) => {
            const picture = page.locator(map).first();
            await picture.scrollIntoViewIfNeeded();
            await page.evaluate(() => scrollBy(0, 200)); // from beneath the header
            const box = (await picture.boundingBox()) as { x: number; y: number; width: number };
            const [x, y] = [box.x + (box.width * 9.5) / 28, box.y + (box.width * 12.5) / 28];
            await expect
              .poll(async () => {
                if (view === phone) await page.touchscreen.tap(x, y);
                else await page.mouse.move(x + Math.random(), y);
                return page.locator(told).first().innerText();
              })
              .toMatch(/^row 12, column 9/);
            expect(await picture.evaluate((element) => getComputedStyle(element).touchAction)).toBe("pan-y");
          },
          view,
        );
      }
    },
  );
});
