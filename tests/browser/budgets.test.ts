import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
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
  "/stuck",
  "/grading",
  "/program",
  "/teach",
  "/teach/questions",
  "/runs",
  "/runs/assignment/report",
];

it.each([...pages, ...chapters.map(({ slug }) => `/chapters/${slug}`)])(
  "%s takes at most 200 kB of script before the first touch",
  async (path) => {
    const { page, close } = await openPage(phone, "fresh");
    const sizes = new Map<string, Promise<number>>();
    page.on("response", (response) => {
      const address = response.url();
      if (response.request().resourceType() !== "script" || address.includes("/model-worker/")) return;
      sizes.set(
        address,
        response.body().then((body) => gzipSync(body).length),
      );
    });
    await page.goto(path, { waitUntil: "networkidle" });
    const all = await Promise.all(sizes.values());
    expect(all.length).toBeGreaterThan(0);
    expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200 * kilobytes);
    await close();
  },
);

it.each(chapters.map(({ slug }) => slug))(
  "the chapter %s loads at most 1.6 MB until more is asked for",
  async (slug) => {
    const { page, close } = await openPage(phone, "fresh");
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(`/chapters/${slug}`, { waitUntil: "networkidle" });
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(200 * kilobytes);
    expect(bytes).toBeLessThanOrEqual(1600 * kilobytes);
    await close();
  },
);

it("the live network's program takes at most 350 kB", () => {
  const folder = join(root, "apps/web/public/model-worker");
  const files = readdirSync(folder).map((name) => gzipSync(readFileSync(join(folder, name))).length);
  expect(files).toHaveLength(2);
  expect(files.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(350 * kilobytes);
});

it.each(["assignment", "assignment-literal"])("the weights of %s for the page take at most 1 MB", (run) => {
  const files = ["encoder", "decoder"].flatMap((part) =>
    ["model.json", "weights.bin"].map((name) => join(root, "artifacts", run, "page", part, name)),
  );
  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
  expect(bytes).toBeLessThanOrEqual(1000 * kilobytes);
});
