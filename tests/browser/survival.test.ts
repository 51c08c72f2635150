import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { violations, violationsInBothThemes } from "./axe.ts";
import { desktop, openPage, phone, siteUrl, visit } from "./browser.ts";
import { button, home, live } from "./home-page.ts";
import { digit, keep, pages } from "./kept.ts";

/** The page survives: a worker that dies, a program that breaks off, no script. */

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
      expect(await page.locator("pre").first().innerText()).toContain("no canvas today");
      expect(await page.locator("header").count()).toBe(part === "main" ? 1 : 0);
      expect(await violationsInBothThemes(page)).toEqual([]);
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
      await page
        .locator("header")
        .getByRole("img", { includeHidden: true, name: /^Your current digit: test digit \d+, a 7/ })
        .waitFor({ state: "attached" });
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
