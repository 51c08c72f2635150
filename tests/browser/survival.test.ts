import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chapters } from "../../apps/web/content/chapters.ts";
import { weightsKey } from "../../apps/web/src/shared/run-addresses.ts";
import { violations, violationsIn } from "./axe.ts";
import { desktop, openPage, phone, siteUrl, visit } from "./browser.ts";
import { button, home, live } from "./home-page.ts";
import { overlaps, sticksOut } from "./overlaps.ts";

/** The page survives: what a browser has kept, a worker that dies, a program that breaks off, no script, large letters. */

const pages = [
  "/",
  "/viewer",
  "/stuck",
  "/runs",
  "/grading",
  "/program",
  "/teach",
  "/runs/assignment/report",
  ...chapters.map(({ slug }) => `/chapters/${slug}`),
];

const run = parseRun(readFileSync(join(import.meta.dirname, "../../artifacts/assignment/run.json"), "utf8"));
const floats = (length: number, value: number) =>
  Buffer.from(new Float32Array(length).fill(value).buffer).toString("base64");
const source = { kind: "test", sample: 20, index: 82, label: 2 };
const digit = {
  weights: weightsKey(run),
  source,
  pixels: floats(784, 0),
  latent: floats(64, 0),
  reconstruction: floats(784, 0),
};
/** What no page of ours would keep, under the keys that they read. */
const hostileDigits = [
  { ...digit, pixels: floats(783, 0) },
  { ...digit, pixels: floats(784, Number.NaN) },
  { ...digit, latent: floats(3, 0) },
  { ...digit, latent: floats(64, Number.POSITIVE_INFINITY) },
  { ...digit, reconstruction: floats(1, 0) },
  { ...digit, source: { ...source, sample: -50 } },
  { ...digit, source: { ...source, sample: 9_000 } },
];
const hostileTexts = {
  theme: '"><script>alert(1)</script>',
  progress: '{"parameters":1e999,"__proto__":{"x":1},"constructor":[]}',
  "grading:assignment":
    '{"estimate":{"A1":1e999},"ticks":{"D1":"yes"},"overrides":{"A1":{"marks":-1e999,"reason":""}}}',
  "report/assignment/labels": "\u0000\ud800<script>alert(1)</script>",
};

/** Keeps texts as if an earlier page had, once a tab. */
const keep = (page: Page, digit: unknown, texts: Record<string, string>) =>
  page.addInitScript(
    ([digit, texts]) => {
      if (sessionStorage.getItem("kept before")) return;
      sessionStorage.setItem("kept before", "yes");
      sessionStorage.setItem("current-digit", digit);
      for (const [key, text] of Object.entries(texts)) localStorage.setItem(key, text);
    },
    [JSON.stringify(digit), texts] as const,
  );

describe.each(pages.map((path, at) => [path, hostileDigits[at % hostileDigits.length]] as const))(
  "%s",
  (path, digit) => {
    it("stands whole over a nonsensical storage, and at 280 px with letters twice as large", async () => {
      const { page, problems, close } = await openPage({ ...phone, width: 280 }, "fresh");
      await keep(page, digit, hostileTexts);
      await page.goto(path, { waitUntil: "networkidle" });
      expect(await page.locator("h1").innerText()).not.toContain("broke off");
      expect(await page.getByRole("img", { name: /^Your current digit: test digit/ }).count()).toBe(1);
      expect(problems).toEqual([]);
      await page.addStyleTag({ content: "html { font-size: 200% }" });
      expect(await sticksOut(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(280);
      expect(await overlaps(page)).toEqual([]);
      await close();
    });
  },
);

describe("without script", () => {
  it.each([...pages, "/no-such-page"])("%s says what works and what does not", async (path) => {
    const html = await (await fetch(`${siteUrl()}${path}`)).text();
    expect(html).toMatch(/<noscript>(?:(?!<\/noscript>).)*JavaScript is off/s);
  });

  it("says so in the page itself, readable on a narrow phone", () =>
    visit("/stuck", { view: { ...phone, width: 320, javaScriptEnabled: false } }, async (page) => {
      expect(await page.locator("[data-part='script-notice']").isVisible()).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }));
});

describe("a page that breaks off", () => {
  /** Lets drawing break off within a part of the page, as long as a digit is kept. */
  const breaking = (page: Page, part: "main" | "header") =>
    page.addInitScript((part) => {
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...given: unknown[]) {
        if (sessionStorage.getItem("current-digit") && this.closest(part)) throw new Error("no canvas today");
        return (getContext as (...given: unknown[]) => unknown).apply(this, given);
      } as typeof getContext;
    }, part);

  it.each(["main", "header"] as const)(
    "in its %s says what happened, loads again, and forgets the digit that broke it",
    async (part) => {
      const { page, close } = await openPage(desktop, "fresh");
      await keep(page, digit, {});
      await breaking(page, part);
      await page.goto("/");
      const heading = page.getByRole("heading", { name: "This page broke off", level: 1 });
      await heading.waitFor();
      expect(await page.locator("main [role='alert']").innerText()).toMatch(/broke off in your browser/);
      expect(await page.locator("pre").innerText()).toContain("no canvas today");
      expect(await page.locator("header").count()).toBe(part === "main" ? 1 : 0);
      expect(await violationsIn(page, ["dark", "light"])).toEqual([]);
      await page.evaluate(() => localStorage.setItem("theme", "dark"));
      await button(page, "Load again").click();
      await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
      await heading.waitFor();
      expect(await violations(page)).toEqual([]);
      expect(
        await page.evaluate(() => [
          document.documentElement.dataset.theme,
          getComputedStyle(document.body).backgroundColor,
        ]),
      ).toEqual(["dark", "rgb(20, 20, 23)"]);
      await button(page, "Forget this digit").click();
      await live(page);
      expect(await heading.count()).toBe(0);
      await close();
    },
  );
});

it("a worker that dies without a word is replaced, the question asked again, and the page says so", () =>
  home(
    desktop,
    async (page) => {
      await live(page);
      await button(page, "Test digit 7").click();
      const told = page.locator("[data-part='restarted']");
      const afterPings = async () => {
        await page.clock.runFor(10_000); // five pings without an answer, from when the question is on its way
        return told.count();
      };
      await expect.poll(afterPings, { timeout: 30_000 }).toBe(1);
      await page.locator("[data-part='live-line'][data-timed='true']").waitFor();
      await page.getByRole("img", { name: /^Your current digit: test digit \d+, a 7/ }).waitFor();
    },
    async (page) => {
      await page.clock.install();
      let workers = 0;
      await page.route("**/model-worker/*/worker.js", async (route) => {
        const response = await route.fetch();
        // The first worker closes itself at the second digit: nothing tells the page.
        const dying = `let digits = 0; const hear = onmessage;
          onmessage = (event) => event.data.procedure === "reconstruct" && ++digits > 1 ? close() : hear(event);`;
        await route.fulfill({ response, body: `${await response.text()};${workers++ === 0 ? dying : ""}` });
      });
    },
  ));
