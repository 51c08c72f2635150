import { valueIndex } from "@autoencoder/model";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { desktop, phone } from "../../browser/browser.ts";
import { chapter, expectAddsUp, numbersIn } from "../../browser/chapter-page.ts";
import { layerOutput, layers, start, weightsOf } from "../../browser/tfjs-reference.ts";
import { numberIn } from "../../browser/viewer-page.ts";

/** The layers at work in chapters 3 and 4: what they print at a place, against tfjs on the same weights. */

beforeAll(start);
/** The recorded sample that chapters open on. */
const opening = 20;
const machine = (page: Page, layer: string) => page.locator(`[data-testid='layer-machine'][data-layer="${layer}"]`);
const live = (page: Page) => page.locator('[data-state="live"]').waitFor({ state: "attached" });
const map = (page: Page, layer: string, side: "read" | "written") =>
  machine(page, layer).locator(`[data-side='${side}']`).getByRole("slider");

/** What the figure says of a place, and what tfjs has there. */
async function expectPlace(page: Page, layer: string, row: number, column: number) {
  const heading = machine(page, layer).locator("h3");
  await heading.getByText(`row ${row}, col ${column}`).waitFor();
  const channel = Number(/map (\d+)/.exec(await heading.innerText())?.[1]);
  const { shape, values } = layerOutput(opening, layer);
  const expected = values[valueIndex(shape, { row, column, channel })] as number;
  const shown = numbersIn(await heading.locator("b").innerText())[0] as number;
  expect(Math.abs(shown - expected), `${layer} at ${row}, ${column}`).toBeLessThan(6e-5);
  return { expected, channel };
}

describe("a layer at work", () => {
  it.each([
    ["convolution-pixel-by-pixel", "conv2d"],
    ["convolution-pixel-by-pixel", "conv2d_1"],
    ["convolution-pixel-by-pixel", "max_pooling2d"],
    ["the-whole-network", "up_sampling2d"],
  ] as const)("in %s, %s, prints at three places what tfjs computes, the borders among them", (slug, layer) =>
    chapter(slug, async (page) => {
      await live(page);
      const [rows, columns] = layerOutput(opening, layer).shape;
      for (const [row, column] of [
        [0, 0],
        [Math.floor(rows / 2), Math.floor(columns / 3)],
        [rows - 1, columns - 1],
      ] as const) {
        const place = machine(page, layer).locator("input[type='range']");
        await place.fill(String(row * columns + column));
        const { expected } = await expectPlace(page, layer, row, column);
        const line = machine(page, layer).locator("[data-part='sum']");
        if ((await line.count()) === 0) continue;
        const { total } = expectAddsUp(await line.innerText());
        expect(Math.abs(Math.max(0, total) - expected)).toBeLessThan(6e-5);
      }
    }),
  );

  it("marks a place where it lies on both pictures, however much is written beside them", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      await live(page);
      await machine(page, "conv2d")
        .locator("input[type='range']")
        .fill(String(22 * 28 + 15));
      await expectPlace(page, "conv2d", 22, 15);
      for (const side of ["read", "written"] as const) {
        const [picture, mark] = await map(page, "conv2d", side).evaluate((slider) =>
          ["canvas", "[data-part='chosen']"].map((part) => {
            const { left, top, width } = (slider.querySelector(part) as Element).getBoundingClientRect();
            return { left, top, width };
          }),
        );
        if (!picture || !mark) throw new Error("expected a picture with its mark");
        expect(Math.abs((mark.left - picture.left) / picture.width - 15 / 28), side).toBeLessThan(0.005);
        expect(Math.abs((mark.top - picture.top) / picture.width - 22 / 28), side).toBeLessThan(0.005);
      }
    }));

  it("multiplies the picture by the kernel's own weights, product by product", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      await live(page);
      const figure = machine(page, "conv2d");
      await figure.getByRole("button", { name: "kernel 5", exact: true }).click();
      await figure.locator("input[type='range']").fill(String(14 * 28 + 12));
      await expectPlace(page, "conv2d", 14, 12);
      const grids = figure.locator("[data-part='arithmetic'] table");
      const cells = async (at: number) => (await grids.nth(at).locator("td").allInnerTexts()).map(numberIn);
      const [reads, weights, products] = [await cells(0), await cells(1), await cells(2)];
      const { kernel } = weightsOf("conv2d");
      const input = layerOutput(opening, (layers[0] as { name: string }).name).values;
      for (let tap = 0; tap < 9; tap++) {
        const pixel = input[(13 + Math.floor(tap / 3)) * 28 + 11 + (tap % 3)] as number;
        const weight = kernel[tap * 32 + 5] as number;
        expect(Math.abs((reads[tap] as number) - pixel)).toBeLessThan(5.1e-4);
        expect(Math.abs((weights[tap] as number) - weight)).toBeLessThan(5.1e-4);
        expect(Math.abs((products[tap] as number) - pixel * weight)).toBeLessThan(5.1e-4);
      }
    }));

  it("follows the mouse over either map, keeps what is clicked, and walks with keys", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      await live(page);
      const at = async (side: "read" | "written", row: number, column: number, cells: number) => {
        const box = (await map(page, "max_pooling2d", side).boundingBox()) as { x: number; y: number; width: number };
        return [box.x + ((column + 0.5) / cells) * box.width, box.y + ((row + 0.5) / cells) * box.width] as const;
      };
      await map(page, "max_pooling2d", "read").scrollIntoViewIfNeeded();
      await page.mouse.move(...(await at("read", 20, 9, 28)));
      await expectPlace(page, "max_pooling2d", 10, 4);
      await page.mouse.click(...(await at("written", 6, 7, 14)));
      await page.mouse.move(5, 5);
      await expectPlace(page, "max_pooling2d", 6, 7);
      await map(page, "max_pooling2d", "written").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowLeft");
      await expectPlace(page, "max_pooling2d", 7, 6);
    }));

  it("runs over the map row by row, and stops at its end with the whole map", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      await live(page);
      const figure = machine(page, "max_pooling2d");
      await figure.locator("input[type='range']").fill("150");
      await figure.getByRole("button", { name: "row by row" }).click();
      await figure.getByRole("button", { name: "row by row" }).waitFor(); // it said "stop" meanwhile
      await expectPlace(page, "max_pooling2d", 13, 13);
      expect(await violations(page)).toEqual([]);
    }));

  it("is tapped with a finger, and lets the page scroll", () =>
    chapter(
      "convolution-pixel-by-pixel",
      async (page) => {
        await live(page);
        const written = map(page, "conv2d", "written");
        await written.scrollIntoViewIfNeeded();
        const box = (await written.boundingBox()) as { x: number; y: number; width: number };
        await page.touchscreen.tap(box.x + (10.5 / 28) * box.width, box.y + (3.5 / 28) * box.width);
        await expectPlace(page, "conv2d", 3, 10);
        expect(await written.evaluate((element) => getComputedStyle(element).touchAction)).toBe("pan-y");
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      },
      phone,
    ));
});

describe("a layer at work, looked at", () => {
  it.each([desktop, phone])("stands still and in line, its chosen kernel in view, at $width px", (view) =>
    chapter(
      "convolution-pixel-by-pixel",
      async (page) => {
        await live(page);
        for (const layer of ["conv2d", "conv2d_1"]) {
          const row = machine(page, layer).getByRole("group", { name: /kernels of/ });
          const hidden = async () => {
            const [within, chosen] = await boxesOf(row, row.locator("[aria-pressed='true']"));
            if (!within || !chosen) throw new Error("expected a row and a chosen kernel");
            return Math.max(within.x - chosen.x, chosen.x + chosen.width - within.x - within.width);
          };
          await expect.poll(hidden, { message: layer }).toBeLessThanOrEqual(0.5);
          expect(await page.evaluate(() => scrollY)).toBe(0);
        }
        for (const layer of ["conv2d", "conv2d_1", "max_pooling2d"]) {
          const [read, written] = await boxesOf(map(page, layer, "read"), map(page, layer, "written"));
          expect(read?.y, layer).toBe(written?.y);
        }
        // The kernel after the last is the first, at the other end of the row.
        const row = machine(page, "conv2d_1").getByRole("group", { name: /kernels of/ });
        await row.getByRole("button", { name: "kernel 63", exact: true }).click();
        await machine(page, "conv2d_1").getByRole("button", { name: "next map" }).click();
        await expect.poll(() => row.evaluate((element) => element.scrollLeft)).toBeLessThan(44);

        const figure = machine(page, "conv2d");
        const slowly = figure.getByRole("button", { name: "slowly", exact: true });
        const place = figure.locator("input[type='range']");
        const xs = async () =>
          (await boxesOf(figure.getByRole("button", { name: "row by row" }), place)).map((at) => at?.x);
        await place.fill("0");
        const before = await xs();
        await slowly.click();
        await figure.getByRole("button", { name: "stop", exact: true }).waitFor();
        expect(await xs()).toEqual(before);
        // What covers the rest of the map is at parts of its height.
        const filled = map(page, "conv2d", "written");
        const [covered, picture] = await boxesOf(filled.locator(".."), filled.locator("canvas"));
        expect(covered?.height).toBeCloseTo(picture?.height as number, 0);
        await figure.getByRole("button", { name: "stop", exact: true }).click();
        await slowly.waitFor();
        const heights = new Set<number | undefined>();
        for (let at = 0; at < 784; at += 56) {
          await place.fill(String(at));
          heights.add((await figure.boundingBox())?.height);
        }
        expect([...heights]).toHaveLength(1); // whether rounding is spoken of or not
      },
      view,
    ),
  );

  it("keeps a gap between the numbers of its grids, which add up as they are printed", () =>
    chapter(
      "convolution-pixel-by-pixel",
      async (page) => {
        await live(page);
        const figure = machine(page, "conv2d");
        await figure.locator("input[type='range']").fill(String(8 * 28 + 14));
        await expectPlace(page, "conv2d", 8, 14);
        expect(await figure.locator("[data-part='corner']").innerText()).toBe(
          "The window’s top left corner: row 7, column 13.",
        );
        for (const [width, text] of [
          [1280, 100],
          [800, 100],
          [390, 100],
          [280, 100],
          [280, 200],
        ] as const) {
          await page.setViewportSize({ width, height: 800 });
          await page.evaluate((text) => document.documentElement.style.setProperty("font-size", `${text}%`), text);
          const at = `${width} px, text of ${text} %`;
          for (const layer of ["conv2d", "conv2d_1"]) {
            expect(await leastGap(machine(page, layer)), at).toBeGreaterThanOrEqual(3);
          }
          const products = (await figure.locator("table").nth(2).locator("td").allInnerTexts()).map(numberIn);
          const line = await figure.getByTestId("total").innerText();
          const [count, together, stated] = numbersIn(line);
          expect([line.startsWith("9 products, together"), count, products.length]).toEqual([true, 9, 9]);
          expect(
            products.reduce((sum, product) => sum + product, 0),
            at,
          ).toBeCloseTo((stated ?? together) as number, 8);
        }
      },
      { ...desktop, hasTouch: true },
    ));
});

/** The least room between two numbers side by side in a machine's grids. */
const leastGap = (figure: Locator) =>
  figure.locator("[data-part='arithmetic']").evaluate((arithmetic) => {
    const gaps = [...arithmetic.querySelectorAll("tr")].flatMap((row) => {
      const texts = [...row.querySelectorAll("td")].map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect();
      });
      return texts.slice(1).map((text, at) => text.left - (texts[at] as DOMRect).right);
    });
    return Math.min(...gaps);
  });

/** Where elements stand. */
const boxesOf = async (...locators: Locator[]) =>
  Promise.all((await Promise.all(locators.map((locator) => locator.all()))).flat().map((one) => one.boundingBox()));

describe("your turn", () => {
  it("takes the sum that tfjs has, and no other", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      const figure = page.getByTestId("your-turn");
      const [channel, , row, column] = numbersIn(await figure.locator("p").first().innerText()) as [
        number,
        number,
        number,
        number,
      ];
      const { shape, values } = layerOutput(opening, "conv2d");
      const expected = values[valueIndex(shape, { row, column, channel })] as number;
      await figure.getByRole("textbox").fill((expected + 0.1).toFixed(3));
      await figure.getByRole("button", { name: "check" }).click();
      await figure.locator("[data-said='wrong']").waitFor();
      await figure.getByRole("textbox").fill(expected.toFixed(3).replace(".", ","));
      await figure.getByRole("button", { name: "check" }).click();
      const told = await figure.locator("[data-said='right']").innerText();
      const [, parts, sum, whole] =
        /^Right\. (.+) = ([+−][\d.]+)(?:, or ([+−][\d.]+) with all their decimals)?\. It is above 0/.exec(told) ?? [];
      const total = numbersIn(parts ?? "").reduce((left, part) => left + part, 0);
      expect(total, told).toBeCloseTo(numbersIn(sum ?? "")[0] as number, 8);
      expect(numbersIn(whole ?? sum ?? "")[0]).toBeCloseTo(Number(expected.toFixed(3)), 8);
    }));
});

describe("your own kernel", () => {
  it("makes the sums of a 3 × 3 convolution with zeros around", () =>
    chapter("convolution-pixel-by-pixel", async (page) => {
      await live(page);
      const figure = page.getByTestId("own-kernel");
      await figure.getByRole("button", { name: "nothing changes" }).click();
      await figure.getByRole("spinbutton", { name: "row 0, column 1" }).fill("-1");
      const pixels = layerOutput(opening, (layers[0] as { name: string }).name).values;
      const sums = Array.from(pixels, (pixel, at) => pixel - (at >= 28 ? (pixels[at - 28] as number) : 0));
      const [most, least] = numbersIn(await figure.locator("figcaption").innerText()) as [number, number];
      expect(most).toBeCloseTo(Math.max(...sums), 2);
      expect(least).toBeCloseTo(Math.min(...sums), 2);
      const below = sums.filter((sum) => sum < 0).length;
      const relu = figure.locator("[data-part='relu']");
      await expect
        .poll(() => relu.innerText())
        .toBe(`${below} of the 784 sums are below 0, and ReLU turns them into 0.`);
      await figure.getByRole("button", { name: "blur" }).click();
      await expect.poll(() => relu.innerText()).toBe("None of the sums is below 0, so ReLU changes nothing.");
    }));

  it.each([desktop, phone])("takes negative weights and decimal commas key by key, at $width px", (view) =>
    chapter(
      "convolution-pixel-by-pixel",
      async (page) => {
        await live(page);
        const figure = page.getByTestId("own-kernel");
        await figure.getByRole("button", { name: "nothing changes" }).click();
        const field = figure.getByRole("spinbutton", { name: "row 1, column 1" });
        const pixels = layerOutput(opening, (layers[0] as { name: string }).name).values;
        const brightest = Math.max(...pixels);
        /** The nine weights are 0 but for the one in the middle. */
        const expectWeight = async (weight: number) => {
          expect(await field.getAttribute("aria-valuenow")).toBe(String(weight));
          const [most, least] = numbersIn(await figure.locator("figcaption").innerText()) as [number, number];
          expect(most).toBeCloseTo(Math.max(0, weight * brightest), 2);
          expect(least).toBeCloseTo(Math.min(0, weight * brightest), 2);
        };
        await field.focus();
        await page.keyboard.press("ControlOrMeta+a");
        await page.keyboard.press("Backspace");
        expect(await field.inputValue()).toBe("");
        await expectWeight(1); // until there is another number
        for (const [text, weight] of [
          ["-1", -1],
          ["+.5", 0.5],
          ["0,5", 0.5],
          ["-0,25", -0.25],
          ["−2", -2],
        ] as const) {
          await page.keyboard.type(text);
          expect(await field.inputValue()).toBe(text);
          await expectWeight(weight);
          await page.keyboard.press("ControlOrMeta+a"); // the next one is typed over it
        }
        await page.keyboard.press("ArrowUp");
        expect(await field.inputValue()).toBe("-1.9");
        await expectWeight(-1.9);
        await page.keyboard.press("ControlOrMeta+a");
        await page.keyboard.type("-");
        expect(await field.getAttribute("aria-invalid")).toBe("true");
        await figure.getByRole("button", { name: "nothing changes" }).click();
        expect(await field.inputValue()).toBe("1");
        expect(await field.getAttribute("aria-invalid")).toBe("false");
      },
      view,
    ),
  );

  it("stands with both pictures side by side on a phone, the last within the screen's width", () =>
    chapter(
      "convolution-pixel-by-pixel",
      async (page) => {
        const [, sums, relu] = await boxesOf(page.getByTestId("own-kernel").locator("canvas"));
        expect(relu?.y).toBe(sums?.y);
        expect((relu?.x ?? 0) + (relu?.width ?? 0)).toBeLessThanOrEqual(phone.width);
        expect(sums?.width).toBeGreaterThan(150);
      },
      phone,
    ));
});
