import { inflateSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { desktop, phone } from "./browser.ts";
import { button, comparison, greatestDifference, home, live, picture, samples, shown } from "./home-page.ts";

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
        page.route("**/model-worker/*/worker.js", async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: `delete globalThis.WebAssembly;${await response.text()}` });
        }),
    ));

  it("still shows test digits, as the trainer recorded them", () =>
    home(
      desktop,
      async (page) => {
        await page.locator('[data-state="failed"]').waitFor();
        await button(page, "Test digit 7").click();
        await page.getByText(`test image ${samples.indices[70]}`, { exact: true }).waitFor();
        const recorded = samples.reconstructions.slice(70 * 784, 71 * 784).map((value) => Math.round(value * 255));
        const onScreen = await shown(page, "the digit rebuilt from its code");
        expect(greatestDifference(onScreen, recorded)).toBeLessThanOrEqual(1);
      },
      (page) => page.route("**/model-worker/*/worker.js", (route) => route.fulfill({ status: 404, body: "" })),
    ));

  it.each([
    ["the worker's file is missing", "**/model-worker/*/worker.js", 404, /program did not start/],
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
      await page.getByText("of 255 grey levels").first().waitFor();
    }));
});

describe("the page", () => {
  it.each([320, 768, 1440])("fits a width of %i px and does not move when it comes alive", (width) =>
    home({ width, height: 844, hasTouch: width < 700 }, async (page) => {
      await live(page);
      await comparison(page).waitFor();
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
            if (!element.checkVisibility()) return []; // laid out for wider screens
            const { width, height } = element.getBoundingClientRect();
            return width >= 44 && height >= 44 ? [] : [`${element.textContent} ${width} × ${height}`];
          }),
        );
      expect(small).toEqual([]);
    }));
});
