import { tensor } from "@autoencoder/model";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { phone } from "../../browser/browser.ts";
import { chapter, numbersIn, tableOf } from "../../browser/chapter-page.ts";
import { restedDigit, swipe } from "../../browser/home-page.ts";
import { networkOf } from "../../browser/network-of-run.ts";
import { levelsApart } from "../../browser/pictures.ts";

/** Chapter 9's plane: each of its points is a code of two numbers, and shows what tfjs paints from it. */

const name = "assignment-2";
let network: Awaited<ReturnType<typeof networkOf>>;
beforeAll(async () => {
  network = await networkOf(name);
});

const { data: codes } = tensor(tableOf(name, "test-latents"), "latents");
/** Of both numbers the 1st and the 99th percentile over the test digits: the plane's edges. */
const edges = [0, 1].map((axis) => {
  const values = Float32Array.from({ length: codes.length / 2 }, (_, row) => codes[2 * row + axis] as number).sort();
  return [0.01, 0.99].map((part) => values[Math.round(part * (values.length - 1))] as number) as [number, number];
}) as [[number, number], [number, number]];
/** The code at a place, from 0 to 1 to the right and downwards. */
const codeAt = (x: number, y: number) => {
  const [[left, right], [bottom, top]] = edges;
  return Float32Array.of(left + x * (right - left), top + y * (bottom - top));
};
const recorded = tensor(tableOf(name, "samples"), "latents").data;
/** Of the recorded sample that chapters open on. */
const openingCode = [recorded[40] as number, recorded[41] as number] as const;

const slug = "the-latent-space";
const figure = (page: Page) => page.getByTestId("plane-of-two");
const square = (page: Page) => figure(page).getByRole("slider");
const picture = (page: Page) => figure(page).getByRole("img", { name: /^painted from the code/ });
const told = async (page: Page) => numbersIn((await figure(page).getAttribute("data-code")) ?? "");
const live = async (page: Page) => {
  await page.locator('[data-state="live"]').waitFor({ state: "attached" });
  await square(page).scrollIntoViewIfNeeded();
};
const boxOf = async (page: Page) => {
  const box = await square(page).boundingBox();
  if (!box) throw new Error("expected the plane on the page");
  return box;
};
const near = (code: ArrayLike<number>) => Array.from(code, (value) => expect.closeTo(value, 1.7)); // printed with two decimals

describe("the plane of two numbers", () => {
  it("says so where the page's digit lies outside, with its ring on the edge", () =>
    chapter(slug, async (page) => {
      await live(page);
      const outside = Array.from({ length: 100 }, (_, sample) => sample).find((sample) =>
        edges.some(([low, high], axis) => {
          const value = recorded[2 * sample + axis] as number;
          return value < low - 0.05 || value > high + 0.05;
        }),
      ) as number;
      await page.goto(`/chapters/${slug}?digit=${outside}`);
      await live(page);
      await figure(page).getByText("which lies outside the plane").waitFor();
      const box = await boxOf(page);
      const ring = await figure(page).locator("[data-part='plane'] > span").boundingBox();
      if (!ring) throw new Error("expected the ring on the plane");
      const [x, y] = [ring.x + ring.width / 2 - box.x, ring.y + ring.height / 2 - box.y];
      const fromEdge = Math.min(x, y, box.width - x, box.height - y);
      expect(Math.abs(fromEdge)).toBeLessThan(2);
    }));

  it("opens on the digit's code, and paints what tfjs does wherever a mouse points", () =>
    chapter(slug, async (page) => {
      await live(page);
      expect(await told(page)).toEqual(near(openingCode));
      expect(await levelsApart(picture(page), network.decode(Float32Array.from(openingCode)))).toBeLessThan(2);
      const box = await boxOf(page);
      for (const [x, y] of [
        [0.13, 0.2],
        [0.5, 0.52],
        [0.9, 0.81],
      ] as const) {
        const [left, top] = [Math.round(box.x + x * box.width), Math.round(box.y + y * box.height)];
        await page.mouse.move(left, top);
        const code = codeAt((left - box.x) / box.width, (top - box.y) / box.height);
        await expect.poll(() => told(page)).toEqual(near(code));
        await expect.poll(() => levelsApart(picture(page), network.decode(code))).toBeLessThan(3);
      }
    }));

  it("moves by keys, and goes back to the digit", () =>
    chapter(slug, async (page) => {
      await live(page);
      await square(page).focus();
      for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) await page.keyboard.press(key);
      const [across, up] = edges.map(([low, high]) => high - low) as [number, number];
      const code = Float32Array.of(openingCode[0] + 0.04 * across, openingCode[1] + 0.02 * up);
      expect(await told(page)).toEqual(near(code));
      await expect.poll(() => levelsApart(picture(page), network.decode(code))).toBeLessThan(3);
      await figure(page).getByRole("button", { name: "back to your digit" }).click();
      expect(await told(page)).toEqual(near(openingCode));
    }));

  it("stands at the code of another digit once that is chosen", () =>
    chapter(slug, async (page) => {
      await live(page);
      await page.locator("summary", { hasText: "change it, or draw" }).first().click();
      await page.getByRole("button", { name: "Test digit 5" }).first().click();
      const { pixels } = await restedDigit(page);
      const code = network.encode(pixels);
      await expect.poll(() => told(page)).toEqual(near(code));
      await expect.poll(() => levelsApart(picture(page), network.decode(code))).toBeLessThan(3);
    }));

  it("draws the codes of the test digits on request, with the classes' colours named", () =>
    chapter(slug, async (page) => {
      await live(page);
      const drawn = () =>
        figure(page)
          .locator("canvas")
          .first()
          .evaluate((canvas) => {
            const { width, height } = canvas as HTMLCanvasElement;
            const bytes = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
            let inked = 0;
            for (let at = 3; at < bytes.length; at += 4) if (bytes[at]) inked++;
            return inked;
          });
      expect(await drawn()).toBe(0);
      await figure(page).getByRole("button", { name: "the test digits" }).click();
      await expect.poll(drawn).toBeGreaterThan(5_000);
      expect(await violations(page)).toEqual([]);
    }));

  it("lets a finger scroll the page over it, and drags its marker", () =>
    chapter(
      slug,
      async (page) => {
        await live(page);
        const top = () => page.evaluate(() => scrollY);
        const marker = async () => {
          const box = await square(page).locator("span").boundingBox();
          if (!box) throw new Error("expected a marker on the plane");
          return [box.x + box.width / 2, box.y + box.height / 2] as const;
        };
        await page.evaluate(() => {
          const plane = document.querySelector("[data-testid='plane-of-two'] [role='slider']") as HTMLElement;
          scrollTo(0, scrollY + plane.getBoundingClientRect().top - 200);
        });
        const [before, code] = [await top(), await told(page)];
        const [x, y] = await marker();
        const dragged = Array.from({ length: 9 }, (_, at) => [x + at * 8, y + at * 8] as const);
        await swipe(page, dragged);
        expect(await top()).toBe(before);
        const box = await boxOf(page);
        await expect
          .poll(() => told(page))
          .toEqual(near(codeAt((x + 64 - box.x) / box.width, (y + 64 - box.y) / box.height)));
        const moved = await told(page);
        expect(moved).not.toEqual(code);
        // Away from the marker, the same finger belongs to the page.
        const far = y + 64 < box.y + box.height / 2 ? box.y + box.height - 30 : box.y + 150;
        await swipe(
          page,
          Array.from({ length: 13 }, (_, at) => [box.x + 30, far - at * 10] as const),
        );
        await expect.poll(top).toBeGreaterThan(before + 40);
        expect(await told(page)).toEqual(moved);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      },
      phone,
    ));
});
