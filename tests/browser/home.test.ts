import { describe, expect, it } from "vitest";
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
      await page.goto("/chapters/the-run-at-a-glance");
      await page.getByRole("img", { name: `test digit ${source.index}, a ${source.label};` }).waitFor();
    }));

  it("show an error that Node computes to the same digits, and the page's distance from the trainer", () =>
    home(desktop, async (page) => {
      await live(page);
      await button(page, "Test digit 8").click();
      const { pixels, reconstruction } = await restedDigit(page);
      const sum = pixels.reduce((total, value, index) => total + (value - (reconstruction[index] as number)) ** 2, 0);
      const text = (await page.locator("[data-part='error']").innerText()).replace(/\s+/g, " ");
      expect(text).toContain(`${sum.toFixed(1)} of 784 pixels’ worth`);
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
      await swipe(page, [
        [200, 700],
        [200, 640],
        [200, 560],
        [200, 480],
        [200, 400],
      ]);
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
      for (let stop = 0; stop < 12; stop++) {
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
  it("tells each of its numbers to keys and to a pointer, and all of them as a table", () =>
    home(desktop, async (page) => {
      await live(page);
      await button(page, "Test digit 3").click();
      const { latent } = await restedDigit(page);
      const number = (index: number) =>
        `${(latent[index] as number) < 0 ? "−" : "+"}${Math.abs(latent[index] as number).toFixed(3)}`;
      const chart = page.getByRole("slider", { name: "The 64 numbers of the code" });
      await chart.focus();
      for (const key of ["Home", "ArrowRight", "ArrowRight"]) await chart.press(key);
      expect(await chart.getAttribute("aria-valuetext")).toBe(`value 3: ${number(2)}`);
      await chart.press("End");
      await page.getByText(`value 64: ${number(63)}`).waitFor();
      const box = (await chart.boundingBox()) as { x: number; y: number; width: number; height: number };
      await page.mouse.move(box.x + (box.width * 10.5) / 64, box.y + box.height / 2);
      await page.getByText(`value 11: ${number(10)}`).waitFor();
      await page.locator("[data-part='numbers'] summary").click();
      expect(await page.locator("main tbody td").allInnerTexts()).toEqual(Array.from(latent, (_, at) => number(at)));
    }));
});
