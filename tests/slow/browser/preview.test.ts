import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { chapters } from "../../../apps/web/content/chapters.ts";
import { pages } from "../../../apps/web/src/features/shell/pages.ts";
import { siteUrl } from "../../browser/browser.ts";
import { samples } from "../../browser/home-page.ts";
import { serveSite } from "../../browser/serve.ts";

/** The picture that a link to a page is announced with elsewhere. */

const [side, left, apart, top] = [308, 42, 404, 161];

/** The red of a pixel in one of the three squares. */
type Red = (square: 0 | 1 | 2, x: number, y: number) => number;

async function announced(path: string): Promise<{ address: string; red: Red }> {
  const html = await (await fetch(new URL(path, siteUrl()))).text();
  const [, address = ""] = /<meta property="og:image" content="([^"]+)"/.exec(html) ?? [];
  expect(/<meta property="og:title" content="([^"]+)"/.exec(html)?.[1], path).toBeTruthy();
  expect(address, path).toMatch(/^http:\/\/localhost:\d+\/drawn\//);
  const answer = await fetch(new URL(new URL(address).pathname, siteUrl()));
  expect([answer.status, answer.headers.get("content-type")], path).toEqual([200, "image/png"]);
  const png = Buffer.from(await answer.arrayBuffer());
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  const data = png.indexOf("IDAT");
  const raw = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  return { address, red: (square, x, y) => raw[(top + y) * 4801 + 1 + (left + square * apart + x) * 4] as number };
}

const picture = (red: Red, square: 0 | 2) =>
  Array.from({ length: 784 }, (_, pixel) => red(square, (pixel % 28) * 11 + 5, Math.floor(pixel / 28) * 11 + 5));

describe("a link to the site is announced with", () => {
  it("a digit, its code and the digit rebuilt, as the run recorded them", async () => {
    const { red } = await announced("/");
    const own = (all: ArrayLike<number>, size: number) => Array.from(all).slice(20 * size, 21 * size);
    const rebuilt = own(samples.reconstructions, 784).map((value) => Math.round(255 * Math.min(1, Math.max(0, value))));
    const shown = picture(red, 2);
    expect(Math.max(...shown.map((value, at) => Math.abs(value - (rebuilt[at] as number))))).toBeLessThanOrEqual(1);
    const code = own(samples.latents, 64).map(Math.abs);
    const brightest = code.indexOf(Math.max(...code));
    const middle = (tile: number) => Math.floor(((tile + 0.5) * side) / 8);
    expect(red(1, middle(brightest % 8), middle(Math.floor(brightest / 8)))).toBe(224);
  });

  it("a digit that was rebuilt black where the page is about that", async () => {
    const { red } = await announced("/chapters/when-it-prints-black");
    expect(Math.max(...picture(red, 0))).toBeGreaterThan(200);
    expect(Math.max(...picture(red, 2))).toBeLessThan(5);
  });

  it("a picture of its own at every chapter, and one at every other page", async () => {
    const addresses = new Set<string>();
    for (const { slug } of chapters) addresses.add((await announced(`/chapters/${slug}`)).address);
    expect(addresses.size).toBe(chapters.length);
    for (const { href } of pages) await announced(href);
    await announced("/runs/assignment-128/report");
  });

  it("its address as others see it, where the server is told so", async () => {
    const site = await serveSite({ PUBLIC_URL: "https://autoencoder.example/" });
    try {
      const html = await (await fetch(`${site.url}/chapters/counting`)).text();
      expect(html).toMatch(/<meta property="og:image" content="https:\/\/autoencoder\.example\/drawn\/assignment\//);
    } finally {
      site.stop();
    }
  });
});
