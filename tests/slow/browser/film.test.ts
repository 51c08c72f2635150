import { tensor } from "@autoencoder/model";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { violations } from "../../browser/axe.ts";
import { desktop, phone, visit } from "../../browser/browser.ts";
import { chapter, numbersIn, tableOf } from "../../browser/chapter-page.ts";

/** The film of chapter 7: two trainings, frame by frame, as the runs' files have them. */

const [healthy, dying] = ["assignment", "assignment-literal"] as const;
const tables = { [healthy]: tableOf(healthy, "snapshots"), [dying]: tableOf(dying, "snapshots") };
const of = (name: keyof typeof tables, what: string) => tensor(tables[name] as never, `film/${what}`);
const row = (name: keyof typeof tables, what: string, frame: number) => {
  const { data, shape } = of(name, what);
  const width = data.length / (shape[0] as number);
  return Array.from(data.slice(frame * width, (frame + 1) * width));
};
const steps = Array.from(of(healthy, "step").data);
const lane = (page: Page, name: string) => page.locator(`[data-lane="${name}"]`);
const film = (page: Page) => page.getByTestId("film");

/** The picture of a digit, as it stands on its canvas. */
const digitOf = (page: Page, name: string, digit: number) =>
  lane(page, name)
    .locator("canvas")
    .nth(digit)
    .evaluate((canvas) => {
      const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
      return [...context.getImageData(0, 0, 28, 28).data].filter((_, at) => at % 4 === 0);
    });

describe("the film", () => {
  it.each([10, 40, steps.length - 1])("shows frame %i of both runs: pictures, living maps, sums", (frame) =>
    chapter("when-it-prints-black", async (page) => {
      await film(page).getByRole("slider").fill(String(frame));
      await page.locator("[data-testid='film'][data-loaded='true']").waitFor();
      for (const name of [healthy, dying]) {
        const pictures = row(name, "reconstructions", frame);
        for (const digit of [0, 9]) {
          const expected = pictures.slice(digit * 784, (digit + 1) * 784);
          await expect.poll(() => digitOf(page, name, digit)).toEqual(expected);
        }
        const alive = row(name, "live", frame).filter((one) => one > 0).length;
        expect(numbersIn(await lane(page, name).locator("p", { hasText: "maps alive" }).innerText())[0]).toBe(alive);
        const labels = await lane(page, name)
          .locator("svg[role='img']")
          .evaluateAll((all) => all.map((svg) => svg.getAttribute("aria-label") ?? ""));
        (["inkMean", "blackMean"] as const).forEach((mean, at) => {
          const shown = numbersIn(labels[at] as string)[0] as number;
          expect(Math.abs(shown - (of(name, mean).data[frame] as number))).toBeLessThan(0.051);
        });
      }
      expect(await film(page).getByRole("slider").getAttribute("aria-valuetext")).toBe(`step ${steps[frame]}`);
    }),
  );

  it("says with the text where the sums lie after ten steps, and keeps its transport in place while it plays", () =>
    visit("/chapters/when-it-prints-black", { view: phone }, async (page) => {
      const text = await page.locator("article p", { hasText: "After ten steps" }).innerText();
      expect(text).toContain("After ten steps most of them are below −12, in the first bar of the histogram");
      /** The share of all sums, of ink and of black pixels, that are below the histogram's first bin. */
      const left = (step: number) => {
        const bins = ["ink", "black"].map((what) => row(dying, what, steps.indexOf(step)));
        const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
        return sum(bins.map(([first]) => first as number)) / sum(bins.flat());
      };
      expect(left(8)).toBeLessThan(0.25);
      expect(left(10)).toBeGreaterThan(0.7);
      const slider = film(page).getByRole("slider");
      const places = new Set<number>();
      for (const frame of [8, 40, steps.length - 1, 1]) {
        await slider.fill(String(frame));
        await page.locator("[data-testid='film'][data-loaded='true']").waitFor();
        places.add(
          await slider.evaluate((input) =>
            Math.round(
              input.getBoundingClientRect().top - (input.closest("figure") as HTMLElement).getBoundingClientRect().top,
            ),
          ),
        );
      }
      expect(places.size).toBe(1);
    }));

  it("keeps the gradient back until the reader has guessed, and says whether the guess was right", () =>
    visit("/chapters/when-it-prints-black", { view: desktop }, async (page) => {
      const norms = of(dying, "gradientNorms");
      const layers = norms.shape[1] as number;
      const norm = (frame: number) =>
        Math.sqrt(
          Array.from(norms.data.slice(frame * layers, (frame + 1) * layers)).reduce((sum, one) => sum + one ** 2, 0),
        );
      let right = steps.length;
      while (right > 0 && norm(right - 1) < 1e-6) right--;
      const chart = film(page).locator("[role='img'][aria-label^='Gradient norm'] [data-line='dies']");
      expect(await chart.isVisible()).toBe(false);
      const slider = film(page).getByRole("slider");
      await slider.fill(String(right - 1));
      await slider.press("ArrowRight");
      await film(page)
        .getByRole("button", { name: `It is step ${steps[right]}` })
        .click();
      await chart.waitFor();
      await page.getByText(`Your guess, step ${steps[right]}, is right.`).waitFor();
      await page.reload();
      await page.getByText(`Your guess, step ${steps[right]}, is right.`).waitFor();
      await film(page).getByRole("button", { name: "ask me again" }).click();
      expect(await chart.isVisible()).toBe(false);
      expect(await violations(page)).toEqual([]);
    }));

  it("shows its first frame and its answer without script, at a phone's width", () =>
    visit("/chapters/when-it-prints-black", { view: { ...phone, javaScriptEnabled: false } }, async (page) => {
      expect(await lane(page, dying).locator("canvas").count()).toBe(10);
      expect(await film(page).locator("[aria-label^='Gradient norm'] [data-line='dies']").isVisible()).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
      const cut = await film(page)
        .locator("svg[role='img']")
        .evaluateAll((charts) =>
          charts.flatMap((chart) => {
            const { left, right } = chart.getBoundingClientRect();
            return [...chart.querySelectorAll("text")].flatMap((text) => {
              const own = text.getBoundingClientRect();
              return own.left < left - 0.5 || own.right > right + 0.5 ? [text.textContent] : [];
            });
          }),
        );
      expect(cut).toEqual([]);
      const axis = film(page).locator("[aria-label^='Gradient norm'] text");
      expect(await axis.allTextContents()).toEqual(expect.arrayContaining(["1", "0.001", "1e−6", "1e−9", "1e−12"]));
    }));

  it("plays to its end", () =>
    chapter("when-it-prints-black", async (page) => {
      await film(page)
        .getByRole("slider")
        .fill(String(steps.length - 6));
      await film(page).getByRole("button", { name: "play" }).click();
      await expect
        .poll(() => film(page).getByRole("slider").getAttribute("aria-valuetext"), { timeout: 10_000 })
        .toBe(`step ${steps.at(-1)}`);
    }));
});
