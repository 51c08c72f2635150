import { readFileSync } from "node:fs";
import { epochOrder } from "@autoencoder/data";
import { assignmentSpec, layerSizes, sizeOf } from "@autoencoder/model";
import { readState, type TrainingState } from "@autoencoder/model/training";
import { unzipSync } from "fflate";
import type { Browser, CDPSession, Page, Route, Worker } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { openDataset } from "../../../apps/trainer/src/dataset.ts";
import { assignmentSettings } from "../../../apps/web/src/training/settings.ts";
import { violationsInBothThemes } from "../../browser/axe.ts";
import { launch, siteUrl } from "../../browser/browser.ts";
import { errorOfRun } from "../../browser/stock-model.ts";
import {
  arrive,
  button,
  patience,
  pause,
  runButton,
  stepOf,
  untilAt,
  untilStanding,
  untilStep,
} from "../../browser/train-page.ts";

/**
 * The engines of trainings in the page, on a software rasterizer, which is many times slower than a GPU: for correctness alone.
 * `software=1` in the address is for these tests.
 */
const slow = 400_000;

/** WebGPU is there only where it is asked for; WebGL is in every Chromium. */
const switches = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-unsafe-swiftshader"];
let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

const engine = (page: Page) => page.getByTestId("engine");
/** Of every step, where the digits are shown of some. */
const toldStep = async (page: Page) =>
  Number(/Step ([\d,]+)/.exec(await page.getByTestId("status").innerText())?.[1]?.replace(",", ""));
const notice = async (page: Page) => {
  await expect.poll(() => page.getByTestId("notice").count(), patience).toBe(1);
  return page.getByTestId("notice").innerText();
};
const workerOf = (page: Page, program: "training.js" | "training-gpu.js") =>
  page.workers().find((worker) => worker.url().endsWith(`/${program}`)) as Worker;

/** Tensors that a worker's tfjs holds. */
const tensorsOf = (page: Page, program: Parameters<typeof workerOf>[1]) =>
  workerOf(page, program).evaluate(
    () => (globalThis as unknown as { _tfengine: Engine })._tfengine.memory().numTensors,
  );

/** A page with nothing stored. @param prepare before anything is fetched */
async function train(path: string, look: (page: Page) => Promise<void>, prepare?: (page: Page) => Promise<unknown>) {
  browser ??= launch(...switches);
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, baseURL: siteUrl() });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  try {
    await prepare?.(page);
    await arrive(page, path);
    await look(page);
    expect(problems).toEqual([]);
  } finally {
    await context.close();
  }
}

const openSettings = (page: Page) => page.getByTestId("settings").locator("summary").click();

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
  await expect.poll(() => stepOf(page), patience).toBe(0);
  for (let step = 1; step <= count; step++) {
    await button(page, "One step").click();
    await expect.poll(() => stepOf(page), patience).toBe(step);
  }
  await untilStanding(page);
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
  const sizes = [encoder, decoder]
    .flatMap(layerSizes)
    .flatMap(({ layer, weights }) =>
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
    "passes its test, goes on where WASM stood, takes the steps that WASM takes, and is given up for WASM when it is taken away",
    () =>
      train("/train?batch=16&optimizer=sgd&rate=0.1&software=1", async (page) => {
        await runButton(page).click();
        await untilStep(page, 1);
        await pause(page);
        const begin = await steps(page, 1); // what stands at step 0 cannot be downloaded
        const wasm = await steps(page, 3);
        await openSettings(page);
        await takeGpu(page, label);
        await expect.poll(() => stepOf(page), patience).toBe(3);
        expect(await engine(page).locator(`[data-part='${label.toLowerCase()}']`).innerText()).toMatch(
          new RegExp(`^${label} took a training step rightly here, on .*swiftshader`, "i"),
        );
        const gpu = await steps(page, 3);
        const tensors = await tensorsOf(page, "training-gpu.js");
        for (const [name, part] of Object.entries(apart(begin.weights, wasm.weights, gpu.weights)))
          expect(part, name).toBeLessThan(1e-3);

        await button(page, "One step").click();
        await untilStep(page, 4);
        await untilStanding(page);
        expect(await tensorsOf(page, "training-gpu.js")).toBe(tensors);

        // Weights of a run are the same start for it: its first loss is the run's error over the first batch. WebGPU's program would
        // take minutes to measure them on a thousand pictures.
        if (label === "WebGL") {
          await button(page, "the committed run’s").click();
          await untilAt(page, 0);
          const [loss] = (await steps(page, 1)).losses;
          expect(await engine(page).getAttribute("data-engine")).toBe("webgl");
          expect(Math.abs((loss as number) / (await errorOfFirstBatch()) - 1)).toBeLessThan(1e-3);
        }

        const at = await stepOf(page);
        await runButton(page).click();
        await untilStep(page, at + 1);
        await workerOf(page, "training-gpu.js").evaluate(lose);
        const told = await notice(page);
        expect(told).toMatch(
          label === "WebGL"
            ? /^The browser took the WebGL context away\. WASM goes on from step \d+\.$/
            : /^The GPU was lost \(.*\)\. WASM goes on from step \d+\.$/,
        );
        expect(Number(/step (\d+)/.exec(told)?.[1])).toBeGreaterThanOrEqual(at);
        await untilStep(page, at + 3);
        expect(await engine(page).getAttribute("data-engine")).toBe("wasm");
        expect(await page.getByTestId("training").getAttribute("data-running")).toBe("true");
      }),
    slow,
  );
});

/** MSE of the committed run over the sixteen pictures that such a training begins with. */
async function errorOfFirstBatch(): Promise<number> {
  const { train } = await openDataset(undefined);
  const { images, seed } = assignmentSettings;
  return errorOfRun("assignment", train.gather(epochOrder(images, seed, 1).subarray(0, 16)));
}

/** Within a worker: what a driver's update or another program does to a GPU. */
function lose() {
  const { backendInstance } = (globalThis as unknown as { _tfengine: Engine })._tfengine;
  const { gpgpu, device } = backendInstance;
  if (device) device.destroy();
  else gpgpu?.gl.getExtension("WEBGL_lose_context")?.loseContext();
}

/** As much of tfjs's engine as these tests reach for. */
interface Engine {
  memory(): { numTensors: number; numBytes: number };
  backendInstance: {
    device?: { destroy(): void };
    gpgpu?: { gl: WebGL2RenderingContext };
    wasm?: { _malloc(bytes: number): number; HEAPU8: Uint8Array };
  };
}

it(
  "is never a program that stands in for a GPU, and says so",
  () =>
    train("/train?bench", async (page) => {
      await openSettings(page);
      await button(page, "try this device’s GPU").click();
      const said = (name: string) => engine(page).locator(`[data-part='${name}']`).innerText();
      await expect.poll(() => said("webgl").catch(() => ""), patience).toMatch(/^WebGL is not used: .*stand/);
      expect(await said("webgpu")).toMatch(/^WebGPU is not used: .*stands in for one here/);
      expect(await engine(page).getByRole("button", { name: /^Web/ }).count()).toBe(0);
      await page.reload(); // what was found is kept on the device
      await openSettings(page);
      await expect.poll(() => said("webgl").catch(() => ""), patience).toMatch(/^WebGL is not used/);
      expect(await violationsInBothThemes(page)).toEqual([]);
      await page.setViewportSize({ width: 280, height: 900 });
      await page.evaluate(() => {
        document.documentElement.style.fontSize = "200%";
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(280);
    }),
  slow,
);

it(
  "is not used where its gradients are 0, however right its pictures are",
  () =>
    train(
      "/train?batch=16&filters=8&software=1",
      async (page) => {
        await openSettings(page);
        await button(page, "try this device’s GPU").click();
        const said = () => engine(page).locator("[data-part='webgl']").innerText();
        await expect
          .poll(() => said().catch(() => ""), patience)
          .toMatch(
            /^WebGL is not used: its first training step came out wrong here\. The (gradient|change) of \w+\/\w+ is off/,
          );
        expect(
          await engine(page)
            .getByRole("button", { name: /^WebGL/ })
            .count(),
        ).toBe(0);
      },
      // A GPU whose shaders for the way back draw nothing.
      (page) =>
        page.route("**/training-gpu.js", (route) => alter(route, (program) => `${blindOnTheWayBack}\n${program}`)),
    ),
  slow,
);

/** Answers with the program as it was built, altered. */
async function alter(route: Route, change: (program: string) => string) {
  const response = await route.fetch();
  await route.fulfill({ response, body: change(await response.text()) });
}

/** Shaders that take a gradient, `dy`, are drawn with nothing. */
const blindOnTheWayBack = `{
  const { compileShader, shaderSource, attachShader, useProgram, drawElements } = WebGL2RenderingContext.prototype;
  const blind = new WeakSet();
  let current;
  Object.assign(WebGL2RenderingContext.prototype, {
    shaderSource(shader, source) {
      if (/\\bdy\\b/.test(source)) blind.add(shader);
      shaderSource.call(this, shader, source);
    },
    attachShader(program, shader) {
      if (blind.has(shader)) blind.add(program);
      attachShader.call(this, program, shader);
    },
    useProgram(program) {
      current = program;
      useProgram.call(this, program);
    },
    drawElements(...how) {
      if (!blind.has(current)) drawElements.apply(this, how);
    },
  });
}`;

it(
  "goes on with less where the browser gives no more memory",
  () =>
    train("/train?batch=16&filters=8&workers=2", async (page) => {
      await runButton(page).click();
      await untilStep(page, 2);
      await pause(page);
      const at = await stepOf(page);
      const [main] = await Promise.all(
        page.workers().map(async (worker) => ((await worker.evaluate(isTraining)) ? worker : undefined)),
      ).then((all) => all.filter((worker) => worker !== undefined));
      await main?.evaluate(takeAllMemory);
      await runButton(page).click();
      expect(await notice(page)).toMatch(
        /^The browser gave the training’s worker no more memory \(.*\)\. WASM goes on from step \d+\.$/,
      );
      await untilStep(page, at + 2);
      await expect.poll(() => page.workers().filter((worker) => worker.url().endsWith("/training.js")).length).toBe(1);
    }),
  slow,
);

/** Whether a worker trains; one that computes shards has no optimizer, and fewer tensors. */
function isTraining(): boolean {
  const { _tfengine } = globalThis as unknown as { _tfengine?: Engine };
  return (_tfengine?.memory().numTensors ?? 0) > 14;
}

function takeAllMemory() {
  const { wasm } = (globalThis as unknown as { _tfengine: Engine })._tfengine.backendInstance;
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError("no more memory");
  };
  for (let bytes = 2 ** 24; bytes > 64; ) {
    try {
      wasm?._malloc(bytes);
    } catch {
      bytes /= 2;
    }
  }
}

it(
  "trains on in a tab that is hidden, where no frame is drawn",
  () =>
    train("/train?batch=16&filters=8", async (page) => {
      await runButton(page).click();
      await untilStep(page, 1);
      await page.evaluate(() => {
        Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
        Object.defineProperty(document, "hidden", { get: () => true });
        window.requestAnimationFrame = () => 0;
        document.dispatchEvent(new Event("visibilitychange"));
      });
      const said = () => page.getByTestId("status").innerText();
      const at = await stepOf(page);
      await untilStep(page, at + 10);
      expect(await said()).toMatch(/^Step \d+: epoch/);
      expect(await page.getByTestId("notice").count()).toBe(0);
    }),
  slow,
);

it(
  "holds after 20 short epochs as many tensors, and no more memory",
  () =>
    train(
      "/train?batch=16&filters=8&workers=1",
      async (page) => {
        const session = await page.context().newCDPSession(page);
        const ask = await workerSession(session);
        await runButton(page).click();
        // From here to step 512 no further state is kept, and few frames.
        await untilStep(page, 130);
        await pause(page);
        const once = async () => {
          for (const who of [session.send.bind(session), ask]) await who("HeapProfiler.collectGarbage");
          const [heap, own] = [await ask("Runtime.getHeapUsage"), await session.send("Runtime.getHeapUsage")];
          return { worker: bytesIn(heap), page: bytesIn(own) };
        };
        const measure = async () => {
          const found: Awaited<ReturnType<typeof once>>[] = [];
          // A state that is being kept, 5.8 MB, is copied a few times on its way to the disk: the least of some looks counts.
          for (let look = 0; look < 5; look++) {
            found.push(await once());
            await page.waitForTimeout(500);
          }
          const least = (heap: "worker" | "page") => Math.min(...found.map((one) => one[heap]));
          const held = await workerOf(page, "training.js").evaluate(holdings);
          return { ...held, step: await toldStep(page), worker: least("worker") - held.wasm, page: least("page") };
        };
        const before = await measure();
        for (let epoch = 0; epoch < 20; epoch++) {
          const at = await toldStep(page);
          await button(page, "One epoch").click();
          await expect.poll(() => toldStep(page), patience).toBeGreaterThan(at);
          await untilStanding(page);
        }
        const after = await measure();
        expect([after.tensors, after.bytes]).toEqual([before.tensors, before.bytes]);
        // WebAssembly's memory grows by a fifth where a free piece is missing, and never shrinks.
        expect(after.wasm).toBeLessThanOrEqual(1.21 * before.wasm);
        expect(after.step).toBeGreaterThanOrEqual(before.step + 190);
        expect(after.step).toBeLessThan(512);
        for (const heap of ["worker", "page"] as const) {
          expect(after[heap], `${heap}: bytes after collection`).toBeLessThan(1.05 * before[heap]);
        }
      },
      // Epochs of 160 pictures, and 64 to be measured on: the program is as it was built but for these two numbers.
      (page) =>
        page.route("**/training.js", (route) =>
          alter(route, (program) => {
            const short = program.replace(/\{train:([\w$]+),validation:[\w$]+\[\1\]\}/, "{train:160,validation:64}");
            if (short === program) throw new Error("expected the numbers of pictures in the worker’s program");
            return short;
          }),
        ),
    ),
  slow,
);

/** Within a worker: tensors, their bytes, and the size of WebAssembly's memory. */
function holdings() {
  const { _tfengine: engine } = globalThis as unknown as { _tfengine: Engine };
  const { numTensors, numBytes } = engine.memory();
  return { tensors: numTensors, bytes: numBytes, wasm: engine.backendInstance.wasm?.HEAPU8.length ?? 0 };
}

/** What scripts hold, and what their arrays and WebAssembly's memory hold beside it. */
const bytesIn = ({ usedSize = Number.NaN, backingStorageSize = 0 }: Record<string, number>) =>
  usedSize + backingStorageSize;

/** A way to ask the training worker's debugger, which Playwright does not offer. */
async function workerSession(session: CDPSession) {
  const attached = new Promise<string>((resolve) => {
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      if (targetInfo.url.endsWith("/training.js")) resolve(sessionId);
    });
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const waiting = new Map<number, (result: Record<string, number>) => void>();
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result);
  });
  let asked = 0;
  return async (method: string) => {
    asked += 1;
    const id = asked;
    const answered = new Promise<Record<string, number>>((resolve) => waiting.set(id, resolve));
    await session.send("Target.sendMessageToTarget", {
      sessionId: await attached,
      message: JSON.stringify({ id, method }),
    });
    return answered;
  };
}

it(
  "measures every engine for any visitor, in words that can be copied",
  () =>
    train("/train?bench&software=1", async (page) => {
      const bench = page.getByTestId("bench");
      await expect.poll(() => bench.count(), patience).toBe(1);
      await bench.getByRole("button", { name: "measure" }).click();
      await expect.poll(() => bench.getByText("Measured.").count(), patience).toBe(1);
      const rows = await bench.getByRole("listitem").allInnerTexts();
      const ways = rows.map((row) => /^(.+?) [\d,]*[1-9][\d,]* images a second, computed by (.+)$/.exec(row)?.slice(1));
      const here = Math.min(4, await page.evaluate(() => navigator.hardwareConcurrency));
      expect(ways).toEqual([
        ["WASM, one worker", "the processor"],
        ...(here > 1 ? [[`WASM, ${here} workers`, "the processor"]] : []),
        ["WebGL", expect.stringMatching(/swiftshader/i)],
        ["WebGPU", expect.stringMatching(/swiftshader/i)],
      ]);
      expect(await bench.getByRole("button", { name: "copy" }).count()).toBe(1);
    }),
  slow,
);
