import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openPage, phone } from "./browser.ts";
import { live } from "./home-page.ts";

/** A page's scripts are fetched once its text is painted (docs/decisions/0020), and in every case at some time. */

/** When the first text was painted, and when the page began to fetch each of its scripts; milliseconds. */
const times = (page: Page) =>
  page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    scripts: performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\/_next\/.*\.js$/.test(name))
      .map(({ startTime }) => startTime),
  }));

it.each(["/", "/viewer", "/grading", "/chapters/the-whole-network"])(
  "%s fetches no script before its first text is painted, and all of them then",
  async (path) => {
    const { page, problems, close } = await openPage(phone, "fresh");
    await page.goto(path, { waitUntil: "networkidle" });
    const { paint, scripts } = await times(page);
    expect(scripts.length).toBeGreaterThan(5);
    expect(Math.min(...scripts)).toBeGreaterThanOrEqual(paint);
    expect(problems).toEqual([]);
    await close();
  },
);

describe("a page comes alive", () => {
  /** Opens home as it is prepared, and waits for its network. */
  const comesAlive = async (prepare: () => void) => {
    const { page, problems, close } = await openPage(phone, "fresh");
    await page.addInitScript(prepare);
    await page.goto("/");
    await live(page);
    expect(problems).toEqual([]);
    await close();
  };
  it("in a tab in the background, at once", () =>
    comesAlive(() => {
      // Neither a paint nor the time that a page in sight waits for.
      Reflect.deleteProperty(PerformanceObserver.prototype, "observe");
      const set = window.setTimeout;
      Object.assign(window, {
        setTimeout: (work: () => void, after?: number) => (after === 1000 ? 0 : set(work, after)),
      });
      Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    }));

  it("where no paint is ever told of", () =>
    comesAlive(() => {
      const { observe } = PerformanceObserver.prototype;
      PerformanceObserver.prototype.observe = function (options) {
        if (options?.type !== "paint") observe.call(this, options);
      };
    }));

  it("where the browser knows no observers", () =>
    comesAlive(() => {
      Reflect.deleteProperty(window, "PerformanceObserver");
    }));
});
