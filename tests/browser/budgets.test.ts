import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
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

/** A page's first load with nothing cached: its script in bytes of gzip, and all bytes that came. */
async function firstLoad(path: string): Promise<{ script: number; bytes: number }> {
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
  await close();
  return load;
}

it.each(pages)("%s takes at most 200 kB of script before the first touch", async (path) => {
  const { script } = await firstLoad(path);
  expect(script).toBeGreaterThan(0);
  expect(script).toBeLessThanOrEqual(200 * kilobytes);
});

it.each(chapters.map(({ slug }) => slug))(
  "the chapter %s takes at most 200 kB of script before the first touch, and 1.6 MB in all until more is asked for",
  async (slug) => {
    const { script, bytes } = await firstLoad(`/chapters/${slug}`);
    expect(script).toBeGreaterThan(0);
    expect(script).toBeLessThanOrEqual(200 * kilobytes);
    expect(bytes).toBeGreaterThan(200 * kilobytes);
    expect(bytes).toBeLessThanOrEqual(1600 * kilobytes);
  },
);

it("the live network's program takes at most 350 kB", () => {
  const built = join(root, "apps/web/public/model-worker");
  const { worker } = JSON.parse(readFileSync(join(built, "address.json"), "utf8"));
  const folder = join(root, "apps/web/public", dirname(worker));
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
