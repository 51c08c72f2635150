import { readFileSync } from "node:fs";
import { assignmentSpec, layerSizes, sizeOf } from "@autoencoder/model";
import { readState, type TrainingState } from "@autoencoder/model/training";
import { unzipSync } from "fflate";
import type { Browser, Page, Worker } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { launch, siteUrl } from "../../browser/browser.ts";

/**
 * The engines of trainings in the page, on a software rasterizer, which is many times slower than a GPU: for correctness alone.
 * `software=1` in the address is for these tests.
 */
const patience = { timeout: 240_000, interval: 250 };
const slow = 400_000;

/** WebGPU is there only where it is asked for; WebGL is in every Chromium. */
const switches = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-unsafe-swiftshader"];
let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const engine = (page: Page) => page.getByTestId("engine");
const shownStep = async (page: Page) => Number(await page.getByTestId("lane").first().getAttribute("data-step"));
const until = (page: Page, step: number) => expect.poll(() => shownStep(page), patience).toBeGreaterThanOrEqual(step);
const stands = (page: Page) =>
  expect.poll(() => page.getByTestId("training").getAttribute("data-running"), patience).toBe("false");
const notice = async (page: Page) => {
  await expect.poll(() => page.getByTestId("notice").count(), patience).toBe(1);
  return page.getByTestId("notice").innerText();
};
const workerOf = (page: Page, program: "training.js" | "training-gpu.js") =>
  page.workers().find((worker) => worker.url().endsWith(`/${program}`)) as Worker;

/** A page with nothing stored. @param prepare before anything is fetched */
async function train(path: string, look: (page: Page) => Promise<void>, prepare?: (page: Page) => Promise<unknown>) {
  browser ??= launch(...switches);
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, baseURL: siteUrl() });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  try {
    await prepare?.(page);
    await page.goto(path, { waitUntil: "load" });
    await expect.poll(() => page.getByTestId("training").getAttribute("data-state"), patience).toBe("idle");
    await look(page);
    expect(problems).toEqual([]);
  } finally {
    await context.close();
  }
}

const openSettings = (page: Page) => page.getByTestId("settings").locator("summary").click();
const transport = (page: Page) => page.getByTestId("transport").getByRole("button").first();

async function pause(page: Page) {
  await button(page, /pause/).click();
  await stands(page);
}

/** Tries the GPU and takes an engine of it, at a pause. */
async function takeGpu(page: Page, label: "WebGL" | "WebGPU") {
  await button(page, "try this device’s GPU").click();
  const choice = engine(page).getByRole("button", { name: new RegExp(`^${label} \\(`) });
  await expect.poll(() => choice.isEnabled().catch(() => false), patience).toBe(true);
  await choice.click();
  await expect.poll(() => engine(page).getAttribute("data-engine"), patience).toBe(label.toLowerCase());
}

/** From the start, one step after the other. @returns the state, as a download has it */
async function steps(page: Page, count: number): Promise<TrainingState> {
  await button(page, "Back to the start").click();
  await expect.poll(() => shownStep(page), patience).toBe(0);
  for (let step = 1; step <= count; step++) {
    await button(page, "One step").click();
    await expect.poll(() => shownStep(page), patience).toBe(step);
  }
  await stands(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    button(page, "download what it has learned").click(),
  ]);
  const files = unzipSync(readFileSync(await download.path()));
  return readState(files["checkpoint.safetensors"] as Uint8Array);
}

const farthest = (numbers: Float32Array) => numbers.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

/** Of each tensor: how far two trainings' weights are apart, in parts of the way that they went. */
function apart(from: Float32Array, one: Float32Array, other: Float32Array): Record<string, number> {
  const { encoder, decoder } = assignmentSpec();
  let start = 0;
  const sizes = [encoder, decoder].flatMap(layerSizes).flatMap(({ layer, weights }) =>
    weights.map(({ name, shape }) => ({ name: `${layer.name}/${name}`, size: sizeOf(shape) })),
  );
  return Object.fromEntries(
    sizes.map(({ name, size }) => {
      const part = (all: Float32Array) => all.subarray(start, start + size);
      const [begin, first, second] = [part(from), part(one), part(other)];
      start += size;
      const moved = first.map((value, at) => value - (begin[at] as number));
      return [name, farthest(first.map((value, at) => value - (second[at] as number))) / farthest(moved)];
    }),
  );
}

describe.each(["WebGL", "WebGPU"] as const)("the engine %s", (label) => {
  it(
    "passes its test, goes on from where WASM stands, and takes the steps that WASM takes",
    () =>
      train("/train?batch=16&optimizer=sgd&rate=0.1&software=1", async (page) => {
        await transport(page).click();
        await until(page, 1);
        await pause(page);
        const begin = await steps(page, 1);
        const wasm = await steps(page, 3);
        await openSettings(page);
        await takeGpu(page, label);
        await expect.poll(() => shownStep(page), patience).toBe(3);
        expect(await engine(page).locator(`[data-part='${label.toLowerCase()}']`).innerText()).toMatch(
          new RegExp(`^${label} took a training step rightly here, on .*swiftshader`, "i"),
        );
        const gpu = await steps(page, 3);
        console.log(label, apart(begin.weights, wasm.weights, gpu.weights), wasm.losses, gpu.losses);
        for (const [name, part] of Object.entries(apart(begin.weights, wasm.weights, gpu.weights)))
          expect(part, name).toBeLessThan(1e-3);
      }),
    slow,
  );
});
