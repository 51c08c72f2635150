import { valueIndex } from "@autoencoder/model";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { settled } from "./axe.ts";
import { phone } from "./browser.ts";
import { draw, restedDigit } from "./home-page.ts";
import { errorWithout, influenceOf, layerOutput, layers, recordedMean, start, weightsOf } from "./tfjs-reference.ts";
import {
  arithmetic,
  at,
  expected,
  fold,
  live,
  numberIn,
  numbersOf,
  productsOf,
  sample,
  touch,
  trustPanel,
  viewer,
  wide,
} from "./viewer-page.ts";

/** The viewer: its numbers against tfjs in Node on the same weights, its address, keys, fingers and failures. */

beforeAll(start);
/** Spoils what the page asks its worker: a part of one procedure's input is replaced, or filled with zeros. */
function changeQuestions(page: Page, procedure: string, part: string, by: string | undefined) {
  return page.addInitScript(
    ([procedure, part, by]) => {
      const { postMessage } = Worker.prototype;
      type Message = { procedure?: string; input: Record<string, unknown> };
      Worker.prototype.postMessage = function (this: Worker, message: Message) {
        if (message.procedure === procedure) {
          const { input } = message;
          input[part as string] = by ?? new Uint8Array((input[part as string] as Uint8Array).length);
        }
        return postMessage.call(this, message);
      } as typeof postMessage;
    },
    [procedure, part, by],
  );
}

describe("a value's arithmetic", () => {
  it.each([
    ["conv2d", { row: 12, column: 14, map: 3 }],
    ["conv2d_1", { row: 0, column: 13, map: 40 }],
    ["latent_vector", { map: 17 }],
    ["dense", { row: 3, column: 2, map: 9 }],
    ["conv2d_2", { row: 6, column: 6, map: 63 }],
    ["conv2d_3", { row: 6, column: 7, map: 4 }],
    ["conv2d_4", { row: 13, column: 11 }],
  ])("of %s adds up, to what tfjs computes", (layer, place) =>
    viewer(wide, at(layer, place), async (page) => {
      await live(page);
      const value = expected(layer, place);
      await arithmetic(page)
        .locator("h3 b", { hasText: value.toFixed(4).replace("-", "−").slice(0, 5) })
        .waitFor();
      const parts = await numbersOf(page, "tbody tr[data-kind] [data-part='value']");
      const [stated] = await numbersOf(page, "tr[data-kind='sum'] [data-part='rounded'] .number");
      const [sum] = await numbersOf(page, "tr[data-kind='sum'] [data-part='value']");
      const [shown] = await numbersOf(page, "tr[data-kind='value'] [data-part='value']");
      // Everything is printed with four decimals; what the printed parts add up to is the sum, or stands beside it.
      const total = parts.reduce((left, part) => left + part, 0);
      expect(total).toBeCloseTo(stated ?? (sum as number), 8);
      expect(Math.abs(total - (sum as number))).toBeLessThan((parts.length + 1) * 5e-5 + 1e-9);
      expect(Math.abs((shown as number) - value)).toBeLessThan(6e-5);
      const activation = layer === "conv2d_4" ? 1 / (1 + Math.exp(-(sum as number))) : Math.max(0, sum as number);
      if (layer !== "latent_vector") expect(Math.abs(activation - value)).toBeLessThan(1.1e-4);
      else expect(Math.abs((sum as number) - value)).toBeLessThan(6e-5);
    }),
  );

  it("shows a channel's nine products, which multiply and add up", () =>
    viewer(wide, at("conv2d_1", { row: 5, column: 9, map: 17 }), async (page) => {
      await live(page);
      const choice = arithmetic(page)
        .getByRole("button", { name: /^map \d+$/ })
        .nth(2);
      await choice.click();
      const name = await choice.innerText();
      await productsOf(page, `${name} of max_pooling2d`).waitFor();
      const grids = await Promise.all(
        ["reads", "kernel", "products"].map(async (caption) => {
          const grid = arithmetic(page).locator("table").filter({ hasText: caption });
          return (await grid.locator("td").allInnerTexts()).map(numberIn);
        }),
      );
      const [reads = [], kernel = [], products = []] = grids;
      expect([reads.length, kernel.length, products.length]).toEqual([9, 9, 9]);
      const { shape, values } = layerOutput(sample, "max_pooling2d");
      const channel = Number(name.replace("map ", ""));
      reads.forEach((read, tap) => {
        const place = { row: 4 + Math.floor(tap / 3), column: 8 + (tap % 3), channel };
        expect(Math.abs(read - (values[valueIndex(shape, place)] as number))).toBeLessThan(6e-4);
        expect(Math.abs((products[tap] as number) - read * (kernel[tap] as number))).toBeLessThan(2e-3);
      });
      const row = arithmetic(page).locator("tr[data-chosen='true'] [data-part='value']");
      const subtotal = numberIn(await row.innerText());
      expect(Math.abs(products.reduce((sum, product) => sum + product, 0) - subtotal)).toBeLessThan(5e-3);
      const line = await arithmetic(page).locator("[data-testid='total']").innerText();
      const [, together, stated] =
        /together ([+−][\d.]+)(?: \(rounded; .* add up to ([+−][\d.]+)\))?$/.exec(line) ?? [];
      expect(numberIn(together ?? "")).toBe(subtotal);
      const total = products.reduce((sum, product) => sum + product, 0);
      expect(total).toBeCloseTo(numberIn(stated ?? together ?? ""), 8);
    }));

  it("shows a pool's winner, a copy's origin, and leads to them", () =>
    viewer(wide, at("max_pooling2d", { row: 6, column: 6, map: 2 }), async (page) => {
      await live(page);
      const { shape, values } = layerOutput(sample, "conv2d");
      const window = [12, 13].flatMap((row) =>
        [12, 13].map((column) => values[valueIndex(shape, { row, column, channel: 2 })] as number),
      );
      const shown = await numbersOf(page, "[data-testid='window'] .number");
      shown.forEach((value, index) => {
        expect(Math.abs(value - (window[index] as number))).toBeLessThan(6e-5);
      });
      const winner = arithmetic(page).locator("[data-winner='true']");
      expect(numberIn(await winner.locator(".number").innerText())).toBeCloseTo(Math.max(...window), 4);
      await winner.click();
      await page.waitForURL(/layer=conv2d&map=2&row=1[23]&column=1[23]/);
      await page.goto(`/viewer?${at("up_sampling2d", { row: 9, column: 4, map: 5 })}`);
      await live(page);
      await arithmetic(page).getByText("rows 8 and 9, columns 4 and 5").waitFor();
      const copied = await numbersOf(page, "[data-testid='window'] .number");
      expect(copied[0]).toBeCloseTo(expected("conv2d_2", { row: 4, column: 2, map: 5 }), 4);
    }));
});

describe("one pixel, end to end", () => {
  it("goes back in six cards, over 2 × 2 cells, to the influence that tfjs computes", () =>
    viewer(wide, at("conv2d_4", { row: 14, column: 14, level: "trace" }), async (page) => {
      await live(page);
      const trace = page.getByRole("region", { name: "One pixel, end to end" });
      const next = trace.getByRole("button", { name: "Next" });
      const told = async () => (await trace.locator("[aria-live] > p").innerText()).replace(/\s+/g, " ");
      // Until the page's own network has passed the digit, the recorded one of the trainer is told.
      const own = `row 14, column 14 is ${expected("conv2d_4", { row: 14, column: 14 }).toFixed(4)}`;
      await expect.poll(told).toContain(own);
      const said: string[] = [];
      for (let card = 0; card < 6; card++) {
        said.push(await told());
        if (card < 5) await next.click();
      }
      expect(said[1]).toContain("2 × 2 of 14 × 14");
      expect(said[2]).toContain("3 × 3 of 7 × 7");
      expect(said[3]).toContain("5 × 5 of 7 × 7");
      expect(said[4]).toContain("all 64 numbers");
      expect(said[5]).toContain("all 784 pixels");
      expect(await next.isDisabled()).toBe(true);
      const greatest = influenceOf(sample, 14, 14).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      await trace.getByText(`+${greatest.toFixed(4)}`).waitFor();
    }));
});

describe("switching off", () => {
  it("sets a value to its mean over the test digits", () =>
    viewer(wide, at("latent_vector", { map: 17 }), async (page) => {
      await live(page);
      await fold(page, "switch-off").click();
      const part = page.getByRole("region", { name: "Switch it off" });
      await part.getByRole("button", { name: "its mean", pressed: true }).waitFor();
      await part
        .getByText(errorWithout(sample, 17, recordedMean(17)).toFixed(5))
        .first()
        .waitFor();
    }));

  it("shows the error of the digit without a value, and ranks all by it", () =>
    viewer(wide, at("latent_vector", { map: 17 }), async (page) => {
      await live(page);
      await fold(page, "switch-off").click();
      const part = page.getByRole("region", { name: "Switch it off" });
      await part.getByRole("button", { name: "0", exact: true }).click();
      await part.getByText(errorWithout(sample, 17).toFixed(5)).first().waitFor();
      await part.getByRole("button", { name: "on this digit" }).click();
      const first = part.locator("li").first();
      await first.waitFor();
      const base = errorWithout(sample, -1);
      const rises = Array.from({ length: 64 }, (_, value) => errorWithout(sample, value) - base);
      const worst = rises.indexOf(Math.max(...rises));
      expect(await first.getByRole("button").innerText()).toBe(`value ${worst}`);
      expect(Math.abs(numberIn(await first.locator(".number").innerText()) - (rises[worst] as number))).toBeLessThan(
        2e-5,
      );
    }));
});

describe("a layer's weights", () => {
  it.each([
    // [layer, picture row and column, index of that weight in the file]: tiles of 8 × 4 kernels of 3 × 3, and of 8 × 8 of 7 × 7.
    ["conv2d_1", 2, 25 + 4, ({ shape: [, , channels = 0, maps = 0] }) => ((2 * 3 + 1) * channels + 1) * maps + 1],
    ["latent_vector", 57 + 8, 3, ({ shape: [, units = 0] }) => ((1 * 7 + 3) * 64 + 8) * units + 8],
    ["dense", 0, 7, ({ shape: [, units = 0] }) => 1 * units + 0],
  ] as [string, number, number, (kernel: { shape: readonly number[] }) => number][])(
    "of %s are a map whose every pixel names its weight",
    (layer, row, column, index) =>
      viewer(wide, at(layer, {}), async (page) => {
        await live(page);
        await fold(page, "weights").click();
        const map = page.getByRole("slider", { name: new RegExp(`weights of ${layer}`) });
        await map.focus();
        for (let step = 0; step < row; step++) await page.keyboard.press("ArrowDown");
        for (let step = 0; step < column; step++) await page.keyboard.press("ArrowRight");
        const found = weightsOf(layer);
        const told = await page.locator("[data-part='weight'] b").innerText();
        expect(Math.abs(numberIn(told) - (found.kernel[index(found)] as number))).toBeLessThan(6e-5);
      }),
  );
});

describe("the address", () => {
  it("names the view, so that it can be linked and loaded again", () =>
    viewer(wide, at("conv2d_3", { row: 6, column: 7, map: 4 }), async (page) => {
      await live(page);
      const before = await arithmetic(page).locator("h3").innerText();
      await page.getByRole("button", { name: "next map" }).click();
      await page.waitForURL(/map=5&row=6&column=7/);
      await page.reload();
      await live(page);
      const after = await arithmetic(page).locator("h3").innerText();
      expect(after).toContain("map 5 · row 6, col 7");
      expect(after).not.toBe(before);
    }));

  it("leads Back one level up, and takes nonsense for what the page opens on", () =>
    viewer(phone, "layer=conv9&map=-3&row=zzz&digit=1000", async (page) => {
      await live(page);
      await page.getByRole("button", { name: /^map 12,/ }).tap();
      await page.waitForURL(/layer=conv2d_1&map=12.*level=map/);
      await page.getByRole("button", { name: /its terms/ }).tap();
      await page.waitForURL(/level=value/);
      await arithmetic(page).waitFor();
      await page.goBack();
      await page.waitForURL(/level=map/);
      await page.goBack();
      await page.waitForURL((url) => !/level=(map|value)/.test(url.search));
      await page.getByRole("toolbar", { name: "The 64 feature maps of conv2d_1" }).waitFor();
    }));
});

describe("by hand", () => {
  it("is walked with keys alone: maps, values, levels", () =>
    viewer(wide, at("conv2d_1", { row: 5, column: 9, map: 17, level: "sheet" }), async (page) => {
      await live(page);
      const strip = page.getByRole("toolbar", { name: "The layers on the strip" });
      await strip.getByRole("link", { name: /, conv2d_1 in Keras/ }).focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await page.waitForURL(/layer=max_pooling2d_1/);
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Enter");
      await page.waitForURL(/layer=conv2d_1&map=17/);
      await page.getByRole("button", { name: /^map 17,/ }).focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowDown");
      await page.waitForURL(/map=26/);
      expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(/^map 26,/);
      const map = page.getByRole("slider", { name: /^Map 26 of conv2d_1/ });
      await map.focus();
      for (const key of ["ArrowUp", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
      await page.waitForURL(/row=4&column=11/);
      const value = expected("conv2d_1", { row: 4, column: 11, map: 26 }).toFixed(4);
      await page.waitForFunction(
        ([name, text]) => document.querySelector(`[aria-label^="${name}"]`)?.getAttribute("aria-valuetext") === text,
        ["Map 26 of conv2d_1", `row 4, column 11: ${value}`],
      );
      await page.keyboard.press("Enter");
      await page.waitForURL(/level=value/);
      await page.keyboard.press("Escape");
      await page.waitForURL(/level=map/);
      await page.keyboard.press("Escape");
      await page.waitForURL(/level=sheet/);
    }));

  it("is walked with a finger at 390 px, without sideways scrolling", () =>
    viewer(phone, at("conv2d", { level: "sheet" }), async (page) => {
      await live(page);
      await page.getByRole("button", { name: "conv2d_3, 14 × 14 × 32" }).tap();
      await page.waitForURL(/layer=conv2d_3/);
      await page.getByRole("button", { name: /^map 9,/ }).tap();
      const map = page.getByRole("slider", { name: /^Map 9 of conv2d_3/ });
      const box = (await map.boundingBox()) as { x: number; y: number; width: number; height: number };
      await page.touchscreen.tap(box.x + (box.width * 3.5) / 14, box.y + (box.height * 8.5) / 14);
      await page.waitForURL(/row=8&column=3/);
      await page.getByRole("button", { name: "right" }).tap();
      await page.waitForURL(/row=8&column=4/);
      await page.getByRole("button", { name: /its terms/ }).tap();
      await arithmetic(page).getByRole("button", { name: "go to this input" }).tap();
      await page.waitForURL(/layer=up_sampling2d&/);
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(widths[0]).toBe(widths[1]);
    }));

  it("has a sheet at a phone's lower edge with three stops, by tap and by drag", () =>
    viewer(phone, at("conv2d_1", { row: 5, column: 9, map: 17, level: "map" }), async (page) => {
      await live(page);
      const sheet = page.getByRole("region", { name: "The chosen value and its layer" });
      const heights = async () => {
        await settled(page);
        return Math.round(((await sheet.boundingBox()) as { height: number }).height);
      };
      const head = sheet.getByRole("button", { name: /conv2d_1 · map 17 · row 5, col 9/ });
      expect(await heights()).toBe(88);
      expect(await arithmetic(page).isVisible()).toBe(false);
      await head.tap();
      expect(await heights()).toBe(844 / 2);
      await arithmetic(page).waitFor();
      await head.tap();
      expect(await heights()).toBe(844 - 56);
      const finger = await touch(page);
      await finger.move({ x: 195, y: 80 }, { x: 195, y: 460 });
      expect(await heights()).toBe(844 / 2);
      await finger.move({ x: 195, y: 440 }, { x: 195, y: 830 });
      expect(await heights()).toBe(88);
      await page.waitForURL(/level=map/);
    }));

  it("shows the value under a finger in a loupe, 40 px above it", () =>
    viewer(phone, at("conv2d_1", { row: 5, column: 9, map: 17, level: "map" }), async (page) => {
      await live(page);
      const map = page.getByRole("slider", { name: /^Map 17 of conv2d_1/ });
      const box = (await map.boundingBox()) as { x: number; y: number; width: number; height: number };
      const cell = box.width / 14;
      const finger = await touch(page);
      const there = { x: box.x + cell * 4.5, y: box.y + cell * 8.5 + 40 };
      await finger.hold({ x: there.x, y: there.y - 60 }, there);
      await page.waitForURL(/row=8&column=4/);
      const value = expected("conv2d_1", { row: 8, column: 4, map: 17 }).toFixed(4);
      await page.locator("[data-part='loupe']", { hasText: value }).waitFor();
      const loupe = (await page.locator("[data-part='loupe']").boundingBox()) as { y: number; height: number };
      expect(loupe.y + loupe.height).toBeLessThan(there.y - 40);
      await finger.lift();
      await page.locator("[data-part='loupe']").waitFor({ state: "detached" });
    }));

  it("goes to the next layer and back with a swipe over the sheet of maps", () =>
    viewer(phone, at("conv2d_1", { level: "sheet" }), async (page) => {
      await live(page);
      const finger = await touch(page);
      const sheet = page.getByRole("toolbar", { name: "The 64 feature maps of conv2d_1" });
      await sheet.scrollIntoViewIfNeeded();
      const { y } = (await sheet.boundingBox()) as { y: number };
      await finger.move({ x: 300, y: y + 60 }, { x: 120, y: y + 70 });
      await page.waitForURL(/layer=max_pooling2d_1/);
      await finger.move({ x: 120, y: y + 60 }, { x: 300, y: y + 70 });
      await page.waitForURL(/layer=conv2d_1/);
    }));

  it("joins the chosen value with its patch by a line", () =>
    viewer(wide, at("conv2d_1", { row: 5, column: 9, map: 17 }), async (page) => {
      await live(page);
      await page.locator("[data-part='products']").waitFor();
      const ends = await page.evaluate(() => {
        const line = document.querySelector("svg path[d^='M'][d*='V']") as SVGPathElement;
        const box = (line.ownerSVGElement as SVGSVGElement).getBoundingClientRect();
        const length = line.getTotalLength();
        const [first, last] = [line.getPointAtLength(0), line.getPointAtLength(length)];
        const value = document
          .querySelector("[data-testid='map'] [data-part='chosen']")
          ?.getBoundingClientRect() as DOMRect;
        const patch = document.querySelector("table[data-part='patch']")?.getBoundingClientRect() as DOMRect;
        return {
          atValue: [first.x + box.left - value.right, first.y + box.top - (value.top + value.bottom) / 2],
          atPatch: [last.x + box.left - patch.left, last.y + box.top - (patch.top + patch.bottom) / 2],
        };
      });
      for (const distance of [...ends.atValue, ...ends.atPatch]) expect(Math.abs(distance)).toBeLessThan(6);
    }));

  it.each([
    ["conv2d_1", "sheet"],
    ["conv2d_1", "map"],
    ["conv2d_1", "value"],
    ["latent_vector", "value"],
    ["max_pooling2d", "value"],
    ["conv2d_4", "trace"],
  ])("gives every control under a thumb at least 44 px, a sheet's maps 40 (%s, %s)", (layer, level) =>
    viewer(phone, at(layer, { level }), async (page) => {
      await live(page);
      await settled(page);
      const small = await page.locator("main button, main summary, main a").evaluateAll((elements) =>
        elements.flatMap((element) => {
          if (!element.checkVisibility()) return [];
          const { width, height } = element.getBoundingClientRect();
          const least = element.closest("[data-testid='contact-sheet']") ? 40 : 43.9; // 64 maps make a square of eight by eight
          return width >= least && height >= least ? [] : [`${element.textContent} ${width} × ${height}`];
        }),
      );
      expect(small).toEqual([]);
    }),
  );

  it("follows a digit that is drawn on its own pad", () =>
    viewer(wide, at("conv2d", { map: 3 }), async (page) => {
      await live(page);
      await fold(page, "digit").click();
      const sheet = () =>
        page
          .locator("[data-testid='contact-sheet'] canvas")
          .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
      const before = await sheet();
      await draw(page, "mouse");
      await page.waitForURL(/digit=own/);
      expect((await restedDigit(page)).source.kind).toBe("drawn");
      expect(await sheet()).not.toBe(before);
    }));
});

describe("whatever happens", () => {
  it.each([
    ["WebAssembly is blocked", /no WebAssembly/, "**/model-worker/*/worker.js"],
    ["the weights do not come", /weights.bin did not load/, "**/page/encoder/weights.bin"],
  ])("when %s, says so and keeps the server's pictures and arithmetic", (_, sentence, address) =>
    viewer(
      wide,
      at("conv2d_1", { row: 5, column: 9, map: 17 }),
      async (page) => {
        await page.getByRole("alert").filter({ hasText: sentence }).waitFor();
        const value = expected("conv2d_1", { row: 5, column: 9, map: 17 });
        expect(await arithmetic(page).locator("h3").innerText()).toContain(value.toFixed(4));
        for (const picture of ["[data-testid='contact-sheet'] img", "figure:has([data-testid='strip-blocks']) img"]) {
          const size = await page
            .locator(picture)
            .first()
            .evaluate((image) => (image as HTMLImageElement).naturalWidth);
          expect(size).toBeGreaterThan(100);
        }
      },
      (page) =>
        page.route(address, async (route) => {
          if (address.endsWith(".bin")) return route.abort();
          const response = await route.fetch();
          return route.fulfill({ response, body: `delete globalThis.WebAssembly;${await response.text()}` });
        }),
    ),
  );

  it("says why a value could not be taken apart", () =>
    viewer(
      wide,
      at("conv2d_1", { row: 5, column: 9, map: 17 }),
      (page) => page.locator("[data-part='terms-problem']").waitFor(),
      (page) => changeQuestions(page, "weights", "layer", "conv9"),
    ));

  it("warns where the page's pictures are far from the trainer's", () =>
    viewer(
      wide,
      at("conv2d_1", {}),
      (page) => trustPanel(page).getByRole("alert").waitFor(),
      (page) => changeQuestions(page, "verify", "pictures", undefined),
    ));

  it("shows strip, sheet, map and arithmetic before any script", () =>
    viewer({ ...wide, javaScriptEnabled: false }, at("conv2d_1", { row: 5, column: 9, map: 17 }), async (page) => {
      const value = expected("conv2d_1", { row: 5, column: 9, map: 17 });
      expect(await arithmetic(page).locator("h3").innerText()).toContain(value.toFixed(4));
      expect(await page.locator("[data-testid='strip-blocks'] a").count()).toBe(layers.length);
      expect(
        await page
          .locator("[data-testid='map'] canvas")
          .first()
          .evaluate((map) => getComputedStyle(map).backgroundImage),
      ).toContain("data:image/png");
    }));
});
