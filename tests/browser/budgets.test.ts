import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { chapters } from "../../apps/web/content/chapters.ts";
import { openPage, phone } from "./browser.ts";

/** What a reader's connection carries: script before the first touch, the live network, the weights. In bytes, gzip. */

const root = join(import.meta.dirname, "../..");
const kilobytes = 1000;

const pages = [
  "/",
  "/viewer",
  "/viewer?layer=conv2d_1&level=value",
  "/train",
  "/stuck",
  "/grading",
  "/program",
  "/run",
  "/teach",
  "/teach/questions",
  "/runs",
  "/runs/assignment/report",
];

/**
 * A page's first load with nothing cached: its script in bytes of gzip, all bytes that came, and its script after every
 * fold was opened, every answer shown and every choice taken.
 */
async function firstLoad(path: string): Promise<{ script: number; bytes: number; opened: number }> {
  const { page, close } = await openPage(phone, "fresh");
  const scripts = new Map<string, Promise<number>>();
  const bodies: Promise<number>[] = [];
  page.on("response", (response) => {
    const address = response.url();
    if (response.request().resourceType() !== "script" || address.includes("/model-worker/")) return;
    scripts.set(
      address,
      response.body().then((body) => gzipSync(body).length),
    );
  });
  page.on("requestfinished", (request) => {
    bodies.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(path, { waitUntil: "networkidle" });
  const total = async (sizes: Iterable<Promise<number>>) =>
    (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  const load = { script: await total(scripts.values()), bytes: await total(bodies) };
  await openEverything(page);
  await page.waitForLoadState("networkidle");
  await expect.poll(() => scriptsArrived(page, scripts)).toBe(true);
  const opened = await total(scripts.values());
  await close();
  return { ...load, opened };
}

/** Opens every fold, shows every answer, takes every choice of a row of buttons. */
async function openEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    const press = (selector: string) => {
      for (const button of document.querySelectorAll<HTMLElement>(selector)) button.click();
    };
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details")) fold.open = true;
    press("main [data-part='show-answer']");
    press("main fieldset button[aria-pressed='false']");
  });
}

/** Whether all scripts that the page has begun to load have come, and none was begun in the last half second. */
async function scriptsArrived(page: Page, scripts: ReadonlyMap<string, unknown>): Promise<boolean> {
  const known = scripts.size;
  await page.waitForTimeout(500);
  return scripts.size === known;
}

it.each(pages)(
  "%s takes at most 200 kB of script before the first touch, and 320 kB with everything opened",
  async (path) => {
    const { script, opened } = await firstLoad(path);
    expect(script).toBeGreaterThan(0);
    expect(script).toBeLessThanOrEqual(200 * kilobytes);
    expect(opened).toBeLessThanOrEqual(320 * kilobytes);
  },
);

it.each(chapters.map(({ slug }) => slug))(
  "the chapter %s takes at most 200 kB of script before the first touch, 320 kB with everything opened, and 1.6 MB in all until more is asked for",
  async (slug) => {
    const { script, bytes, opened } = await firstLoad(`/chapters/${slug}`);
    expect(script).toBeGreaterThan(0);
    expect(script).toBeLessThanOrEqual(200 * kilobytes);
    expect(opened).toBeGreaterThanOrEqual(script);
    expect(opened).toBeLessThanOrEqual(320 * kilobytes);
    expect(bytes).toBeGreaterThan(200 * kilobytes);
    expect(bytes).toBeLessThanOrEqual(1600 * kilobytes);
  },
);

it.each([
  ["the live network", "worker", 350],
  ["a training in the page", "training", 450],
] as const)("the program of %s (%s) takes at most %i kB", (_, kind, most) => {
  const built = join(root, "apps/web/public/model-worker");
  const addresses = JSON.parse(readFileSync(join(built, "address.json"), "utf8"));
  const folder = join(root, "apps/web/public", dirname(addresses[kind]));
  const files = readdirSync(folder).filter((name) => name.endsWith(".wasm") || name === basename(addresses[kind]));
  expect(files).toHaveLength(2);
  const sizes = files.map((name) => gzipSync(readFileSync(join(folder, name))).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(most * kilobytes);
});

it.each(["assignment", "assignment-literal"])("the weights of %s for the page take at most 1 MB", (run) => {
  const files = ["encoder", "decoder"].flatMap((part) =>
    ["model.json", "weights.bin"].map((name) => join(root, "artifacts", run, "page", part, name)),
  );
  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
  expect(bytes).toBeLessThanOrEqual(1000 * kilobytes);
});
