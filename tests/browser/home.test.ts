import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { desktop, phone } from "./browser.ts";
import { numbersIn } from "./chapter-page.ts";
import {
  button,
  comparison,
  draw,
  greatestDifference,
  home,
  live,
  pad,
  picture,
  restedDigit,
  samples,
  shown,
  swipe,
  testImages,
  tolerance,
} from "./home-page.ts";
import { decode, layerOutput, percentiles, start } from "./tfjs-reference.ts";

beforeAll(start);

describe("test digits", () => {
  it("are rebuilt live as the trainer recorded them", () =>
    home(desktop, async (page) => {
      await live(page);
      for (const label of [0, 5, 9]) {
        await button(page, `Test digit ${label}`).click();
        await page.waitForFunction(
          (wanted) => sessionStorage.getItem("current-digit")?.includes(`"label":${wanted}`),
          label,
        );
        const { source, pixels, latent, reconstruction } = await restedDigit(page);
        if (source.kind !== "test") throw new Error(`expected a test digit but got ${JSON.stringify(source)}`);
        expect(source.index).toBe(samples.indices[source.sample]);
        const original = testImages.subarray(16 + source.index * 784, 16 + (source.index + 1) * 784);
        const from = source.sample * 784;
        const recorded = samples.reconstructions.slice(from, from + 784);
        expect(
          greatestDifference(
            pixels,
            Float32Array.from(original, (value) => value / 255),
          ),
        ).toBeLessThan(1e-6);
        expect(greatestDifference(reconstruction, recorded)).toBeLessThanOrEqual(tolerance);
        const code = samples.latents.slice(source.sample * 64, (source.sample + 1) * 64);
        expect(greatestDifference(latent, code)).toBeLessThanOrEqual(tolerance * 5);
        const onScreen = (await shown(page, "the digit rebuilt from its code")).map((value) => value / 255);
        expect(greatestDifference(onScreen, recorded)).toBeLessThanOrEqual(tolerance + 0.5 / 255);
      }
    }));

  it("go on with the next one, and follow the reader to another page", () =>
    home(desktop, async (page) => {
      await live(page);
      await button(page, "Next test digit").click();
      const { source } = await restedDigit(page);
      if (source.kind !== "test") throw new Error("expected a test digit");
      expect(source.index).not.toBe(1); // the page opens on test image 1
      await page.goto("/chapters/hand-it-in");
      await page.getByRole("img", { name: `test digit ${source.index}, a ${source.label};` }).waitFor();
    }));

  it("show an error that Node computes to the same digits, and the page's distance from the trainer", () =>
    home(desktop, async (page) => {
      await live(page);
      await button(page, "Test digit 8").click();
      const { pixels, reconstruction } = await restedDigit(page);
      const sum = pixels.reduce((total, value, index) => total + (value - (reconstruction[index] as number)) ** 2, 0);
      const text = (await page.locator("[data-part='error']").innerText()).replace(/\s+/g, " ");
      expect(text).toContain(`off by ${Math.round(255 * Math.sqrt(sum / 784))} of 255 grey levels`);
      expect(text).toContain(`as much as ${sum.toFixed(1)} of 784 pixels painted black`);
      expect(text).toContain(`MSE ${(sum / 784).toFixed(5)}`);
      expect(text).toContain(`PSNR ${(-10 * Math.log10(sum / 784)).toFixed(1)} dB`);
      const compared = comparison(page);
      await compared.waitFor();
      const pixel = numbersIn(await compared.innerText()).at(-3) as number; // then a code value's, then the count
      expect(pixel).toBeGreaterThan(0);
      expect(pixel).toBeLessThanOrEqual(tolerance);
    }));
});

describe("drawing", () => {
  it.each([
    ["mouse", desktop],
    ["touch", phone],
  ] as const)("by %s changes code and picture, is centred as MNIST was, and does not scroll", (by, view) =>
    home(view, async (page) => {
      await live(page);
      const before = await shown(page, "the digit rebuilt from its code");
      await draw(page, by);
      const { source, pixels, latent } = await restedDigit(page);
      expect(source.kind).toBe("drawn");
      expect(greatestDifference(latent, samples.latents.slice(20 * 64, 21 * 64))).toBeGreaterThan(0.5);
      expect(greatestDifference(await shown(page, "the digit rebuilt from its code"), before)).toBeGreaterThan(100);
      const rows = Array.from({ length: 28 }, (_, row) => pixels.subarray(row * 28, (row + 1) * 28));
      expect(rows.filter((row) => row.some((value) => value > 0))).toHaveLength(20);
      const mass = rows.map((row) => row.reduce((sum, value) => sum + value, 0));
      const centre =
        mass.reduce((sum, value, row) => sum + value * row, 0) / mass.reduce((sum, value) => sum + value, 0);
      expect(Math.abs(centre - 14)).toBeLessThanOrEqual(0.5);
      expect(await page.evaluate(() => scrollY)).toBe(0);
    }),
  );

  it("leaves scrolling to a finger that starts beside the pad", () =>
    home(phone, async (page) => {
      await live(page);
      const { y } = (await button(page, "difference").boundingBox()) as { y: number };
      await swipe(
        page,
        [0, 60, 120, 180, 240].map((way) => [200, y - way] as const),
      );
      await page.waitForFunction(() => scrollY > 50);
    }));

  it("is undone stroke by stroke, and cleared to an empty pad that offers a test digit", () =>
    home(desktop, async (page) => {
      await live(page);
      await draw(page, "mouse");
      const first = await restedDigit(page);
      const box = (await pad(page).boundingBox()) as { x: number; y: number; width: number };
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.width * 0.5);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.8, box.y + box.width * 0.5, { steps: 6 });
      await page.mouse.up();
      const second = await restedDigit(page);
      expect(greatestDifference(second.pixels, first.pixels)).toBeGreaterThan(0.5);
      await button(page, "Undo the last stroke").click();
      await expect
        .poll(async () => greatestDifference((await restedDigit(page)).pixels, first.pixels))
        .toBeLessThan(1e-6);
      await button(page, "Clear the pad").click();
      await picture(page, "nothing rebuilt yet").waitFor();
      await page.locator("[data-part='pad-caption'][data-drawn='false']").waitFor();
      await button(page, "Next test digit").click();
      await picture(page, "the digit rebuilt from its code").waitFor();
    }));

  it("works with keys alone, and says the result when the pen is lifted", () =>
    home(desktop, async (page) => {
      await live(page);
      for (let stop = 0; stop < 13; stop++) {
        await page.keyboard.press("Tab");
        if (await pad(page).evaluate((element) => element === document.activeElement)) break;
      }
      expect(await pad(page).evaluate((element) => element === document.activeElement)).toBe(true);
      for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "Space"]) await page.keyboard.press(key);
      for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Space");
      const { source, pixels } = await restedDigit(page);
      expect(source.kind).toBe("drawn");
      expect(pixels.some((value) => value === 1)).toBe(true);
      await page.locator('[aria-live="polite"]', { hasText: "Rebuilt" }).first().waitFor({ state: "attached" });
      await page.keyboard.press("Control+z");
      await picture(page, "nothing rebuilt yet").waitFor();
    }));
});

describe("the code", () => {
  const chartOf = (page: Page) => page.getByRole("slider", { name: "The 64 numbers of the code" });
  const rebuilt = async (page: Page) =>
    (await shown(page, "the digit rebuilt from its code")).map((value) => value / 255);

  it("tells each of its numbers to keys and to a pointer, and all of them as a table", () =>
    home(desktop, async (page) => {
      await live(page);
      await button(page, "Test digit 3").click();
      const { latent } = await restedDigit(page);
      const number = (index: number, decimals = 3) =>
        `${(latent[index] as number) < 0 ? "−" : "+"}${Math.abs(latent[index] as number).toFixed(decimals)}`;
      const chart = chartOf(page);
      await chart.focus();
      for (const key of ["Home", "ArrowRight", "ArrowRight"]) await chart.press(key);
      expect(await chart.getAttribute("aria-valuetext")).toBe(`value 2: ${number(2)}`);
      await chart.press("End");
      expect(await chart.getAttribute("aria-valuetext")).toBe(`value 63: ${number(63)}`);
      const box = (await chart.boundingBox()) as { x: number; y: number; width: number; height: number };
      await page.mouse.move(box.x + (box.width * 10.5) / 64, box.y + box.height / 2);
      await page.getByText(`value 10: ${number(10, 2)}`).waitFor();
      await page.locator("[data-part='numbers'] summary").click();
      expect(await page.locator("main tbody td").allInnerTexts()).toEqual(Array.from(latent, (_, at) => number(at)));
    }));

  it("opens on the value whose pull to its 1st or 99th percentile changes the digit most, by tfjs", () =>
    home(desktop, async (page) => {
      await live(page);
      await page.getByText("this one changes this digit most").waitFor();
      const [value, , levels] = numbersIn(await page.locator("label", { hasText: "Pull value" }).innerText());
      const code = Float32Array.from(layerOutput(20, "latent_vector").values);
      const picture = decode(code);
      const ends = percentiles();
      const changes = [...ends.low, ...ends.high].map((end, at) => {
        const pulled = code.slice();
        pulled[at % 64] = end;
        return decode(pulled).reduce((sum, pixel, i) => sum + (pixel - (picture[i] as number)) ** 2, 0) / 784;
      });
      const most = Math.max(...changes);
      expect(value).toBe(changes.indexOf(most) % 64);
      expect(Math.abs((levels as number) - 255 * Math.sqrt(most))).toBeLessThan(0.51);
    }));

  it.each(["mouse", "keys"])("is pulled by %s: the digit becomes what tfjs decodes, until all is taken back", (by) =>
    home(desktop, async (page) => {
      await live(page);
      await page.getByText("this one changes this digit most").waitFor();
      const before = await rebuilt(page);
      const chart = chartOf(page);
      if (by === "keys") {
        await chart.focus();
        for (let press = 0; press < 8; press++) await chart.press("Shift+ArrowUp");
      } else {
        const box = (await chart.boundingBox()) as { x: number; y: number; width: number; height: number };
        await page.mouse.move(box.x + (box.width * 42.5) / 64, box.y + box.height * 0.6);
        await page.mouse.down();
        await page.mouse.move(box.x + (box.width * 42.5) / 64, box.y + box.height * 0.1, { steps: 4 });
        await page.mouse.up();
      }
      const [value, to] = numbersIn((await chart.getAttribute("aria-valuetext")) as string) as [number, number];
      const pulled = Float32Array.from(layerOutput(20, "latent_vector").values);
      pulled[value] = to;
      const expected = decode(pulled);
      await expect.poll(async () => greatestDifference(await rebuilt(page), expected)).toBeLessThan(0.01);
      expect(greatestDifference(expected, before)).toBeGreaterThan(0.1);
      await button(page, "all back").click();
      await expect.poll(async () => greatestDifference(await rebuilt(page), before)).toBeLessThan(1e-6);
    }),
  );

  it("moves as a whole to another digit's, and the strip's last block with it", () =>
    home({ ...desktop, width: 1440 }, async (page) => {
      await live(page);
      const towards = page.locator("[data-part='towards']");
      await towards.getByRole("button", { name: "7", exact: true }).click();
      await towards.getByRole("slider").press("End");
      const seven = samples.reconstructions.slice(70 * 784, 71 * 784);
      await expect.poll(async () => greatestDifference(await rebuilt(page), seven)).toBeLessThan(0.01);
      const last = page.locator("[data-testid='strip-block'] canvas").last();
      const brightest = (at: ArrayLike<number>) => Array.from(at).indexOf(Math.max(...Array.from(at)));
      const onStrip = await last.evaluate((canvas) => {
        const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
        return [...context.getImageData(0, 0, 28, 28).data].filter((_, at) => at % 4 === 0);
      });
      expect(
        greatestDifference(
          onStrip.map((value) => value / 255),
          seven,
        ),
      ).toBeLessThan(0.05);
      expect(brightest(onStrip)).toBeGreaterThan(0);
    }));
});

it("a cleared pad leaves no digit anywhere: pictures, code, strip and header", () =>
  home({ ...desktop, width: 1440 }, async (page) => {
    await live(page);
    await draw(page, "mouse");
    await restedDigit(page);
    await button(page, "Clear the pad").click();
    await page.locator("header [aria-label='No digit: the pad is empty']").waitFor({ state: "attached" });
    expect(await page.locator("[data-part='bars']").first().getAttribute("d")).toBe("");
    const inked = await page.locator("[data-testid='strip-block'] canvas").evaluateAll((all) =>
      all.some((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
        return context.getImageData(0, 0, width, height).data.some((value, at) => at % 4 !== 3 && value > 0);
      }),
    );
    expect(inked).toBe(false);
    await picture(page, "nothing rebuilt yet").waitFor();
  }));

it("a drawing begins over a ghost of the digit that was there", () =>
  home(desktop, async (page) => {
    await live(page);
    await draw(page, "mouse");
    expect(await pad(page).locator("canvas").count()).toBe(1);
    await button(page, "Clear the pad").click();
    await expect.poll(() => pad(page).locator("canvas").count()).toBe(0);
  }));

it.each([1440, 820])("at %i px the pad's tools are one row, as wide as the pad, of equal buttons", (width) =>
  home({ ...desktop, width }, async (page) => {
    const tools = page.getByRole("group", { name: "Tools of the pad" }).getByRole("button");
    const boxes = await tools.evaluateAll((buttons) => buttons.map((one) => one.getBoundingClientRect().toJSON()));
    const [first, ...others] = boxes as [DOMRect, ...DOMRect[]];
    expect(others).toHaveLength(3);
    for (const { top, width, height } of others) {
      expect([top, height]).toEqual([first.top, first.height]);
      expect(width).toBeCloseTo(first.width, 1);
    }
    expect(first.height).toBeGreaterThanOrEqual(44);
    const { x, width: wide } = (await pad(page).boundingBox()) as { x: number; width: number };
    expect(first.left).toBeCloseTo(x, 0);
    expect((others.at(-1) as DOMRect).right).toBeCloseTo(x + wide, 0);
  }),
);

it.each([1440, 1280, 820, 390])("at %i px every card has a picture, and no row of them is short", (width) =>
  home({ width, height: 900 }, async (page) => {
    const cards = page.getByRole("navigation", { name: "Where to go from here" }).locator("> a");
    const tops = await cards.evaluateAll((all) => all.map((card) => Math.round(card.getBoundingClientRect().top)));
    expect(tops).toHaveLength(8);
    const rows = [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
    expect(new Set(rows).size, rows.join(", ")).toBe(1);
    for (const card of await cards.all()) await card.scrollIntoViewIfNeeded();
    const broken = () =>
      cards.locator("img").evaluateAll((all) => all.filter((img) => !(img as HTMLImageElement).naturalWidth).length);
    await expect.poll(broken).toBe(0);
    expect(await cards.locator("img, svg, pre").count()).toBe(8);
  }),
);

it("the header shows the digit once the page's own figure has scrolled away", () =>
  home(desktop, async (page) => {
    const digit = page.locator("header [role='img']");
    expect(await digit.isVisible()).toBe(false);
    await page.getByRole("heading", { name: "What you can do here" }).evaluate((heading) => heading.scrollIntoView());
    await page.mouse.wheel(0, 2000);
    await page.mouse.wheel(0, -20); // the header comes back on the way up
    await expect.poll(() => digit.isVisible()).toBe(true);
  }));
