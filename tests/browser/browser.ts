import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

/** How a page is looked at. */
export interface View {
  width: number;
  height: number;
  colorScheme?: "light" | "dark";
  hasTouch?: boolean;
  javaScriptEnabled?: boolean;
  deviceScaleFactor?: number;
}

export const desktop: View = { width: 1280, height: 900 };
export const phone: View = { width: 390, height: 844, hasTouch: true };

/** One for all test files of a worker, which does not isolate them; it ends with the worker. */
let browser: Promise<Browser> | undefined;

/** A fresh context, with nothing cached and nothing stored; close it when done. */
export async function openContext({ width, height, ...rest }: View): Promise<BrowserContext> {
  browser ??= launch();
  return (await browser).newContext({ viewport: { width, height }, baseURL: siteUrl(), ...rest });
}

/** Contexts by view. Their pages share a cache, so that fonts, scripts and weights are fetched once. */
const contexts = new Map<string, Promise<BrowserContext>>();

function sharedContext(view: View): Promise<BrowserContext> {
  const key = JSON.stringify(Object.entries(view).sort());
  const known = contexts.get(key) ?? openContext(view).then(emptyingStorage);
  contexts.set(key, known);
  return known;
}

/** What a page stored is gone when the next tab opens; reloads and further pages of the same tab keep it. */
async function emptyingStorage(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript(() => {
    if (window !== window.top || !location.protocol.startsWith("http")) return; // about:blank has no storage
    if (window.name === "opened before") return;
    window.name = "opened before";
    localStorage.clear();
  });
  return context;
}

/** How much a page shares with the pages before it: "fresh" has a cache of its own, which is empty. */
export type Sharing = "cached" | "fresh";

/** An empty page. `problems` collects errors of its console and requests to other hosts. */
export async function openPage(
  view: View,
  sharing: Sharing = "cached",
): Promise<{ page: Page; problems: string[]; close: () => Promise<void> }> {
  const context = await (sharing === "fresh" ? openContext(view) : sharedContext(view));
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(siteUrl()).origin) problems.push(`request to ${origin}`);
  });
  return { page, problems, close: () => (sharing === "fresh" ? context : page).close() };
}

/** Opens a page of the site, looks, and expects a quiet console unless something was prepared to go wrong. */
export async function visit(
  path: string,
  { view, prepare }: { view: View; prepare?: ((page: Page) => Promise<unknown>) | undefined },
  look: (page: Page) => Promise<void>,
): Promise<void> {
  // A page that is prepared to go wrong takes nothing from a cache.
  const { page, problems, close } = await openPage(view, prepare ? "fresh" : "cached");
  try {
    await prepare?.(page);
    await page.goto(path, { waitUntil: "load" });
    if (!prepare && view.javaScriptEnabled !== false) await untilAnswering(page);
    await look(page);
    if (!prepare) expect(problems).toEqual([]);
  } finally {
    await close();
  }
}

/**
 * Until React has taken over every control of the page. A page is loaded before that, since its scripts come after its first
 * paint; what is pressed earlier is done only then (early-presses.test.ts), and strokes and keys are lost.
 */
export async function untilAnswering(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button, input, select, [role='slider']")].every((control) =>
      Object.keys(control).some((key) => key.startsWith("__reactProps")),
    ),
  );
}

export function siteUrl(): string {
  const url = process.env.SITE_URL;
  if (!url) throw new Error("expected SITE_URL; run the browser tests with npm test");
  return url;
}

/** A browser with further switches: CHROME_PATH, or the Chromium that comes with npm on Linux x64, or one that Playwright or the system has. */
export async function launch(...args: string[]): Promise<Browser> {
  const path = process.env.CHROME_PATH;
  if (path) return chromium.launch({ executablePath: path, args: ["--no-sandbox", ...args] });
  if (process.platform === "linux" && process.arch === "x64") {
    const { default: bundled } = await import("@sparticuz/chromium");
    // Its own flags switch off site isolation and the like for one kind of host; a plain browser is what we test.
    return chromium.launch({
      executablePath: await bundled.executablePath(),
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", ...args],
    });
  }
  if (existsSync(chromium.executablePath())) return chromium.launch({ args });
  return chromium.launch({ channel: "chrome", args }).catch((cause) => {
    throw new Error(
      "expected a browser but found none; install Chrome, run npx playwright-core install chromium, or set CHROME_PATH",
      { cause },
    );
  });
}
