import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { firstOfEachClass } from "@autoencoder/data";
import { Replica } from "@autoencoder/model/data-parallel";
import { writeKeras } from "@autoencoder/model/keras";
import { readState } from "@autoencoder/model/training";
import * as tf from "@tensorflow/tfjs";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it, vi } from "vitest";
import { openDataset } from "../../../apps/trainer/src/dataset.ts";
import { startWasm } from "../../../apps/trainer/src/engines/wasm-backend.ts";
import { TrainingSession } from "../../../apps/web/src/training/session.ts";
import { assignmentSettings } from "../../../apps/web/src/training/settings.ts";
import { violations } from "../../browser/axe.ts";
import { desktop, openPage, phone, visit } from "../../browser/browser.ts";
import { numbersIn } from "../../browser/chapter-page.ts";
import { look } from "../../browser/grading-page.ts";
import { serveSite } from "../../browser/serve.ts";
import { stockModel } from "../../browser/stock-model.ts";
import {
  alone,
  arrive,
  button,
  drawOwn,
  lanes,
  patience,
  pause,
  runButton,
  stepOf,
  training,
  untilStanding,
  untilStep,
} from "../../browser/train-page.ts";
import { startHere } from "../../fixtures/trainer.ts";

/** Real trainings in a real browser. */
const slow = 300_000;

const pressRun = (page: Page) => runButton(page).click();

/** The digits that a lane shows, as they stand on their canvases. */
const digits = (page: Page, lane = 0) =>
  lanes(page)
    .nth(lane)
    .locator("canvas")
    .evaluateAll((all) =>
      all
        .filter((_, at) => at % 2 === 1) // each beneath its original
        .map((canvas) => {
          const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
          return [...context.getImageData(0, 0, 28, 28).data].filter((_, at) => at % 4 === 0);
        }),
    );

/** What has the focus: its test id, else its words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { dataset, innerText } = document.activeElement as HTMLElement;
    return dataset.testid ?? innerText;
  });

/** What the page has kept in its IndexedDB: of which step, or the state in base64. */
const keptOf = (page: Page, what: "step" | "state") =>
  page.evaluate(
    (what) =>
      new Promise<string | undefined>((resolve) => {
        const opened = indexedDB.open("keyval-store");
        opened.onupgradeneeded = () => opened.transaction?.abort(); // nothing is kept yet: the page makes the store
        opened.onerror = () => resolve(undefined);
        opened.onsuccess = () => {
          const asked = opened.result.transaction("keyval").objectStore("keyval").get("training");
          opened.result.close();
          asked.onerror = () => resolve(undefined);
          asked.onsuccess = () => {
            if (what === "step" || !asked.result) return resolve(asked.result && String(asked.result.step));
            const reader = new FileReader();
            reader.onload = () => resolve(String(reader.result).split(",")[1]);
            reader.readAsDataURL(new Blob([asked.result.state]));
          };
        };
      }),
    what,
  );

async function keptState(page: Page, step: number) {
  await expect.poll(() => keptOf(page, "step"), patience).toBe(String(step));
  return readState(Uint8Array.from(Buffer.from((await keptOf(page, "state")) ?? "", "base64")));
}

/** Where a training is taken to. */
const folder = mkdtempSync(join(tmpdir(), "page-training-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** One of the downloaded models, as stock tfjs opens it on a backend that is not ours. */
async function openModel(files: Record<string, Uint8Array>, name: string) {
  await tf.setBackend("cpu");
  const [json, weights] = [files[`${name}/model.json`], files[`${name}/weights.bin`]];
  return stockModel(strFromU8(json as Uint8Array), weights as Uint8Array);
}

describe("a training in the page", () => {
  it(
    "has after three steps the weights of the same training in Node, to the last bit",
    () =>
      alone("/train?batch=16", async (page) => {
        await pressRun(page);
        await untilStep(page, 1);
        await pause(page);
        await button(page, "Back to the start").click();
        await expect.poll(() => stepOf(page), patience).toBe(0);
        for (const step of [1, 2, 3]) {
          await button(page, "One step").click();
          await expect.poll(() => stepOf(page), patience).toBe(step);
        }
        await untilStanding(page);
        const here = await keptState(page, 3);
        const there = await inNode(3);
        expect(here.losses).toEqual(there.losses);
        expect(here.weights).toEqual(there.weights);
        expect(here.slots).toEqual(there.slots);
      }),
    slow,
  );

  it(
    "learns: loss below 0.03, digits that are digits; a pause pauses, the scrubber shows what was, and the start is the start",
    () =>
      alone("/train", async (page) => {
        const before = await digits(page);
        await button(page, /One that learns/).click();
        await untilStep(page, 1);
        const loss = async () => numbersIn(await page.locator("[data-part='reading']").innerText())[0] as number;
        await expect.poll(loss, patience).toBeLessThan(0.03);
        await pause(page);
        const at = await stepOf(page);
        const now = await digits(page);
        expect(now).not.toEqual(before);
        // Where the originals have ink, the rebuilt digits do; elsewhere they are nearly black.
        const originals = await page.locator("[data-testid='lane'] canvas:first-child").evaluateAll((all) =>
          all.map((canvas) => {
            const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
            return [...context.getImageData(0, 0, 28, 28).data].filter((_, at) => at % 4 === 0);
          }),
        );
        const mean = (wanted: (byte: number) => boolean) => {
          const bytes = originals.flatMap((digit, which) =>
            digit.flatMap((byte, pixel) => (wanted(byte) ? [now[which]?.[pixel] ?? 0] : [])),
          );
          return bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length;
        };
        expect(mean((byte) => byte > 128)).toBeGreaterThan(3 * mean((byte) => byte === 0));
        await page.waitForTimeout(1500);
        expect(await stepOf(page)).toBe(at);

        await page.getByTestId("scrubber").getByRole("slider").fill("1");
        expect(await stepOf(page)).toBe(1);
        const first = await digits(page);
        await page.getByTestId("scrubber").getByRole("button", { name: "the newest" }).click();
        expect(await digits(page)).toEqual(now);
        await button(page, "Back to the start").click();
        await expect.poll(() => stepOf(page), patience).toBe(0);
        await button(page, "One step").click();
        await expect.poll(() => stepOf(page), patience).toBe(1);
        expect(await digits(page)).toEqual(first);
      }),
    slow,
  );

  it(
    "goes on from a step that lies behind, and keeps the course that was left",
    () =>
      alone("/train?batch=16", async (page) => {
        await pressRun(page);
        await untilStep(page, 12);
        await pause(page);
        await page.getByTestId("scrubber").getByRole("slider").fill("10");
        const tenth = await digits(page);
        await button(page, "go on from here").click();
        await expect.poll(() => page.locator("[data-line='left']").count(), patience).toBe(1);
        await untilStanding(page);
        await expect.poll(() => stepOf(page), patience).toBe(10);
        expect(await digits(page)).toEqual(tenth);
      }),
    slow,
  );

  it(
    "shows in two lanes the same batches from the same start",
    () =>
      alone("/train?batch=16&bias=-1.9&beside=-1.9", async (page) => {
        await pressRun(page);
        await untilStep(page, 1);
        await pause(page);
        await button(page, "Back to the start").click();
        await expect.poll(() => lanes(page).nth(1).getAttribute("data-step"), patience).toBe("0");
        for (const step of ["1", "2"]) {
          await button(page, "One step").click();
          for (const lane of [0, 1]) {
            await expect.poll(() => lanes(page).nth(lane).getAttribute("data-step"), patience).toBe(step);
          }
        }
        expect(await digits(page, 1)).toEqual(await digits(page, 0));
        await page.getByTestId("bet").getByRole("button", { name: "yours" }).click();
        expect(await page.getByTestId("bet").getByRole("button", { name: "yours" }).getAttribute("aria-pressed")).toBe(
          "true",
        );
      }),
    slow,
  );

  it(
    "comes to stand at the same step in two lanes: at a pause, at a step, and in slow motion",
    () =>
      alone("/train?batch=16&filters=8&bias=-1.9&beside=0", async (page) => {
        await pressRun(page);
        await untilStep(page, 10);
        await button(page, /pause/).click();
        const steps = () => lanes(page).evaluateAll((all) => all.map((lane) => Number(lane.getAttribute("data-step"))));
        const apart = async () => {
          const [one, other] = (await steps()) as [number, number];
          return Math.abs(one - other);
        };
        await expect.poll(apart, patience).toBe(0);
        await untilStanding(page);
        const [at] = (await steps()) as [number];
        expect(await lanes(page).allInnerTexts()).toEqual([
          expect.stringContaining(`after step ${at}`),
          expect.stringContaining(`after step ${at}`),
        ]);
        await button(page, "One step").click();
        await expect.poll(steps, patience).toEqual([at + 1, at + 1]);
        await untilStanding(page);
        await button(page, "slow motion").click();
        await button(page, "take one step in slow motion").click();
        await expect.poll(steps, patience).toEqual([at + 2, at + 2]);
      }),
    slow,
  );

  it(
    "dies where the bias starts at 0: black, then no way back, and the decoder redrawn brings it back",
    () =>
      alone("/train", async (page) => {
        await button(page, /One that dies/).click();
        const verdict = () =>
          page
            .getByTestId("stamp")
            .getAttribute("data-verdict")
            .catch(() => null);
        await expect.poll(() => page.getByTestId("stamp").count(), patience).toBe(1);
        expect(await verdict()).toBe("black");
        await expect.poll(verdict, patience).toBe("no way back");
        expect(await stepOf(page)).toBeGreaterThanOrEqual(100);
        expect((await digits(page)).flat().every((byte) => byte === 0)).toBe(true);
        await button(page, /redraw the decoder/).press("Enter");
        await expect.poll(() => page.getByTestId("stamp").count(), patience).toBe(0);
        expect(await focused(page)).toBe("stage");
        await expect.poll(async () => (await digits(page)).flat().some((byte) => byte > 20), patience).toBe(true);
      }),
    slow,
  );

  it(
    "is there again after a reload, where it stood",
    () =>
      alone("/train?batch=16", async (page) => {
        await pressRun(page);
        await untilStep(page, 3);
        await pause(page);
        const at = await stepOf(page);
        await keptState(page, at);
        const before = await digits(page);
        await page.reload();
        await button(page, "go on with it").click();
        await expect.poll(() => stepOf(page), patience).toBe(at);
        expect(await digits(page)).toEqual(before);
        await button(page, "One step").click();
        await expect.poll(() => stepOf(page), patience).toBe(at + 1);
      }),
    slow,
  );

  it(
    "is there again after its first steps where the page was left while it ran",
    () =>
      alone("/train?batch=16&filters=8", async (page) => {
        await pressRun(page);
        await expect.poll(async () => Number(await keptOf(page, "step")), patience).toBeGreaterThanOrEqual(8);
        await page.getByRole("link", { name: "Runs" }).first().click();
        await page.waitForURL(/\/runs/);
        await page.goBack();
        await page.getByTestId("kept").waitFor();
        const [kept] = numbersIn(await page.getByTestId("kept").innerText()).slice(-1) as [number];
        expect(kept).toBeGreaterThanOrEqual(8);
        await button(page, "go on with it").click();
        await expect.poll(() => stepOf(page), patience).toBe(kept);
      }),
    slow,
  );

  it(
    "is taken along: stock tfjs paints what the page shows, and the trainer makes it a run for viewer and checklist",
    () =>
      alone("/train?batch=256", async (page) => {
        await pressRun(page);
        await untilStep(page, 15);
        await pause(page);
        if ((await stepOf(page)) < 16) await button(page, "One epoch").click();
        await expect.poll(() => stepOf(page), patience).toBe(16);
        await untilStanding(page);
        const [download] = await Promise.all([
          page.waitForEvent("download", { timeout: 60_000 }),
          button(page, "download what it has learned").click(),
        ]);
        await page.getByTestId("take-along").waitFor();
        const zip = join(folder, download.suggestedFilename());
        await download.saveAs(zip);
        const files = unzipSync(readFileSync(zip));
        const [encoder, decoder] = [await openModel(files, "encoder"), await openModel(files, "decoder")];
        const { test } = await openDataset(undefined);
        const zero = test.floats(firstOfEachClass(test.labels, 1)[0] as number);
        const code = encoder.predict(tf.tensor(zero, [1, 28, 28, 1])) as tf.Tensor;
        const painted = (decoder.predict(code) as tf.Tensor).dataSync();
        const shown = (await digits(page))[0] as number[];
        for (const [at, value] of painted.entries())
          expect(Math.abs(value * 255 - (shown[at] as number))).toBeLessThan(0.51);

        // The trainer measures and draws it. The epoch was at its end: the weights are those that the page has.
        const ended = await startHere(["--from", zip, "--engine", "wasm", "--name", "from-a-page"], folder).ended;
        expect(ended.errors).toBe("");
        const published = (path: string) => new Uint8Array(readFileSync(join(folder, "from-a-page", path)));
        expect(published("encoder/weights.bin")).toEqual(files["encoder/weights.bin"]);
        expect(published("decoder/weights.bin")).toEqual(files["decoder/weights.bin"]);
        // HDF5 has times in it; tests/native opens such files in real Keras.
        for (const part of ["encoder_model.keras", "decoder_model.keras", "autoencoder_model.keras"]) {
          const [here, there] = [unzipSync(files[part] as Uint8Array), unzipSync(published(part))];
          expect(strFromU8(here["config.json"] as Uint8Array)).toBe(strFromU8(there["config.json"] as Uint8Array));
          expect(here["model.weights.h5"]).toHaveLength((there["model.weights.h5"] as Uint8Array).length);
        }
        const site = await serveSite({ RUNS_DIR: folder });
        const { page: opened, close } = await openPage(desktop, "fresh"); // of another site: the first page asks for nothing there
        try {
          await opened.goto(`${site.url}/viewer?run=from-a-page`);
          await opened.locator('[data-state="live"]').waitFor();
          await opened.getByText(/16 steps in Mozilla/).waitFor({ state: "attached" });
          await opened.goto(`${site.url}/grading?run=from-a-page`);
          await look(opened);
          await button(opened, "Check all").click();
          const open = "[data-check][data-marks*=' to ']";
          await opened.waitForFunction((left) => !document.querySelector(left), open, { timeout: 180_000 });
          const cells = await opened.locator("[data-row] [data-part=own]").allInnerTexts();
          // The architecture is right, the plot and a picture are there; sixteen steps do not rebuild digits.
          expect(cells.slice(0, 3).map(Number)).toEqual([2, 0.5, 0.5]);
        } finally {
          await close();
          site.stop();
        }
      }),
    slow,
  );

  it(
    "holds the loss against a black picture, the mean grey, the mean picture and PCA, each named where it can be read",
    () =>
      alone(
        "/train?batch=256",
        async (page) => {
          await pressRun(page);
          await untilStep(page, 1);
          await pause(page);
          const chart = page.getByRole("img", { name: /^Loss of the batch by step/ });
          const told = (await chart.getAttribute("aria-label")) ?? "";
          const { train } = await openDataset(undefined);
          const learned = train.floats(0, 4000);
          const grey = learned.reduce((sum, value) => sum + value, 0) / learned.length;
          const validation = train.floats(4000, 5000);
          const errorOf = (level: number) =>
            (validation.reduce((sum, value) => sum + (value - level) ** 2, 0) / validation.length).toFixed(4);
          expect(told).toContain(
            `; a black picture: ${errorOf(0)}; the mean grey: ${errorOf(grey)}; the mean picture: `,
          );
          expect(told).toMatch(/; PCA with 64 numbers: 0\.0084$/);
          for (const width of [280, 390, 1280]) {
            await page.setViewportSize({ width, height: 844 });
            const texts = await chart.locator("text").evaluateAll((all) =>
              all.map((one) => ({
                text: one.textContent ?? "",
                box: one.getBoundingClientRect().toJSON() as DOMRect,
              })),
            );
            expect(texts.map(({ text }) => text).filter((text) => /black|grey|mean|PCA/.test(text))).toEqual([
              "a black picture, below it the mean grey",
              "the mean picture",
              "PCA with 64 numbers",
            ]);
            const { left, right } = (await chart.evaluate((one) => one.getBoundingClientRect().toJSON())) as DOMRect;
            for (const [at, { text, box }] of texts.entries()) {
              expect(box.left, text).toBeGreaterThanOrEqual(left);
              expect(box.right, text).toBeLessThanOrEqual(right + 1);
              for (const { text: other, box: its } of texts.slice(at + 1)) {
                const apart =
                  box.right <= its.left ||
                  its.right <= box.left ||
                  box.bottom <= its.top + 4 ||
                  its.bottom <= box.top + 4;
                expect(apart, `${text} on ${other} at ${width} px`).toBe(true);
              }
            }
          }
        },
        phone,
      ),
    slow,
  );

  it(
    "goes on by itself when its worker is gone",
    () =>
      alone("/train?batch=16", async (page) => {
        await pressRun(page);
        await expect.poll(async () => Number(await keptOf(page, "step")), patience).toBeGreaterThanOrEqual(8);
        const program = page.workers().find((worker) => worker.url().endsWith("/training.js"));
        await program?.evaluate("self.close()");
        await expect.poll(() => page.getByTestId("notice").count(), patience).toBe(1);
        const told = await page.getByTestId("notice").innerText();
        const [, from] = /has not answered for 30 seconds.*goes on from step (\d+)/.exec(told) ?? [];
        expect(Number(from)).toBeGreaterThanOrEqual(8);
        await untilStep(page, Number(from) + 2);
        await pause(page);
        await button(page, "One step").click();
        await expect.poll(() => page.getByTestId("notice").count()).toBe(0);
      }),
    slow,
  );

  it(
    "says why it cannot begin where the pictures do not come, and begins when they do",
    async () => {
      const { page, close } = await openPage(desktop, "fresh");
      try {
        await page.route("**/data/*/train/*", (route) => route.fulfill({ status: 503, body: "" }));
        await page.goto("/train");
        await expect.poll(() => training(page).getAttribute("data-state"), patience).toBe("idle");
        await button(page, /One that learns/).click();
        await expect
          .poll(() => page.getByTestId("status").innerText())
          .toMatch(/did not load: the server answered 503/);
        await page.unroute("**/data/*/train/*");
        await pressRun(page);
        await untilStep(page, 1);
      } finally {
        await close();
      }
    },
    slow,
  );

  it.each([desktop, phone])(
    "is clean, as wide as the screen and reachable while it runs, on %o",
    (view) =>
      alone(
        "/train",
        async (page) => {
          await button(page, /Only two numbers/).click();
          await untilStep(page, 4);
          await expect.poll(() => page.getByTestId("plane").count(), patience).toBe(1);
          // A place of the plane has its picture while the training goes on, and another place another.
          const painted = () =>
            page
              .locator("[data-part='painted'] canvas")
              .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
          await expect.poll(() => page.locator("[data-part='painted']").count(), patience).toBe(1);
          const code = () => page.locator("[data-part='painted'] b").innerText();
          const [before, there] = [await painted(), await code()];
          await page.getByTestId("plane").getByRole("application").press("ArrowRight");
          await expect.poll(code, patience).not.toBe(there);
          await expect.poll(painted, patience).not.toBe(before);
          for (const name of ["loss", "sums", "gradients", "all maps"]) {
            await button(page, name).click();
            await untilStep(page, (await stepOf(page)) + 1);
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(view.width);
          }
          await pause(page);
          expect(await violations(page)).toEqual([]);
        },
        view,
      ),
    slow,
  );
});

describe("looking closely", () => {
  it(
    "one step in slow motion: four phases on four keys, and a weight that moves by what is printed",
    () =>
      alone("/train?batch=16&filters=8", async (page) => {
        await pressRun(page);
        await untilStep(page, 2);
        await pause(page);
        await button(page, "slow motion").click();
        await button(page, "take one step in slow motion").click();
        const step = page.locator("[data-testid=slow] fieldset").first();
        await step.waitFor();
        const phase = async (key: string, part: string) => {
          await page.keyboard.press(key);
          return page.locator(`[data-testid=slow] [data-part=${part}]`).first().innerText();
        };
        await button(page, "1 forward").focus();
        const [, , , wanted, painted] = numbersIn(await phase("1", "forward")).slice(-5) as number[];
        const error = numbersIn(await phase("2", "error"));
        expect(error).toContainEqual(painted);
        const squared = ((painted as number) - (wanted as number)) ** 2;
        expect(error.some((one) => Math.abs(one - squared) < 2e-4)).toBe(true);
        expect(await phase("3", "gradient")).toContain("The weight of conv2d_4");
        await page.getByRole("slider", { name: /The gradient by each of the 72 weights/ }).press("ArrowRight");
        const update = await phase("4", "update");
        const [, change, before, after] = /\(√v \+ ε\) = (\S+), from (\S+) to (\S+)\./
          .exec(update)!
          .map((text) => Number(text.replaceAll("−", "-")));
        expect(Math.abs((before as number) + (change as number) - (after as number))).toBeLessThan(2e-5);
        await page.getByTestId("slow").getByText("painted after the step").waitFor();
        expect(await violations(page)).toEqual([]);
        await button(page, "kernels").click();
        await expect.poll(() => page.locator("[data-testid=kernels] canvas").count()).toBe(16);
        expect(await violations(page)).toEqual([]);
      }),
    slow,
  );

  it(
    "the reader's own digit is rebuilt beside the ten, and a run pauses by itself at the step that was asked for",
    () =>
      alone("/train?batch=16&filters=8&pause=100+steps", async (page) => {
        await drawOwn(page);
        await arrive(page, "/train?batch=16&filters=8&pause=100+steps");
        expect(await digits(page)).toHaveLength(11);
        await pressRun(page);
        await untilStep(page, 100);
        await untilStanding(page);
        expect(await stepOf(page)).toBe(100);
        const own = (await digits(page)).at(-1) as number[];
        expect(Math.max(...own)).toBeGreaterThan(60);
        await page.getByRole("img", { name: "your own digit, rebuilt" }).waitFor();
      }),
    slow,
  );
});

describe("with the keys", () => {
  it(
    "the bias goes as far as it was pressed while the training runs, and the training with it",
    () =>
      alone("/train?batch=16&filters=8&bias=-1&beside=-1.9", async (page) => {
        await page.getByTestId("settings").locator("summary").click();
        await pressRun(page);
        await untilStep(page, 2);
        const bias = page.getByRole("slider", { name: /Output bias/ });
        await bias.focus();
        const press = async (key: string, times: number) => {
          for (let time = 0; time < times; time++) {
            await page.keyboard.press(key);
            await page.waitForTimeout(33); // as a key that is held repeats
          }
        };
        await press("ArrowRight", 20);
        expect(Number(await bias.inputValue())).toBe(0);
        await press("ArrowLeft", 5);
        expect(Number(await bias.inputValue())).toBe(-0.25);
        const own = async () => numbersIn(await lanes(page).first().locator("p").first().innerText())[0];
        await expect.poll(own, patience).toBe(-0.25);
        expect(Number(await bias.inputValue())).toBe(-0.25);
        const at = await stepOf(page);
        await untilStep(page, at + 2);
        expect([await own(), Number(await bias.inputValue())]).toEqual([-0.25, -0.25]);
      }),
    slow,
  );

  it(
    "the mark beneath the bias stands at the logit of the mean pixel, at every width",
    () =>
      alone("/train", async (page) => {
        await button(page, /One that dies/).click();
        await untilStep(page, 1);
        await button(page, /pause/).click();
        await page.getByTestId("settings").locator("summary").click();
        const { train } = await openDataset(undefined);
        const learned = train.floats(0, 4000);
        const mean = learned.reduce((sum, value) => sum + value, 0) / learned.length;
        const wanted = Math.log(mean / (1 - mean));
        const sliders = page.getByRole("slider", { name: /Output bias/ });
        const marks = page.locator("[data-part='tick']");
        for (const width of [320, 390, 1024, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await marks.count()).toBe(2);
          for (const at of [0, 1]) {
            const slider = await sliders.nth(at).boundingBox();
            const mark = await marks.nth(at).boundingBox();
            const words = await marks.nth(at).locator("xpath=following-sibling::span").boundingBox();
            if (!slider || !mark || !words) throw new Error(`not in sight at ${width} px`);
            // The middle of Chromium's thumb runs from 8 px to 8 px before the end; the slider from -4 to 1.
            const stands = -4 + (5 * (mark.x + mark.width / 2 - slider.x - 8)) / (slider.width - 16);
            expect(Math.abs(stands - wanted), `${stands} at ${width} px`).toBeLessThan(0.02);
            expect(words.x + words.width).toBeLessThanOrEqual(slider.x + slider.width + 1);
          }
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        }
      }),
    slow,
  );

  it(
    "the focus stays on what is pressed, and 1 to 4 are heard after a step in slow motion",
    () =>
      alone("/train?batch=16&filters=8", async (page) => {
        await pressRun(page);
        await untilStep(page, 3);
        await pause(page);
        const download = page.waitForEvent("download", { timeout: 60_000 });
        await button(page, "download what it has learned").press("Enter");
        await download;
        await expect.poll(() => focused(page)).toBe("download what it has learned");

        await page.getByTestId("scrubber").getByRole("slider").fill("1");
        await button(page, "go on from here").press("Enter");
        await expect.poll(() => button(page, "go on from here").isDisabled()).toBe(true);
        await expect.poll(() => stepOf(page), patience).toBe(1);
        expect(await focused(page)).toBe("go on from here");

        await button(page, "slow motion").click();
        const step = button(page, "take one step in slow motion");
        await expect.poll(() => step.isEnabled(), patience).toBe(true);
        await step.press("Enter");
        await page.locator("[data-testid=slow] [data-part=forward]").waitFor();
        expect(await focused(page)).toBe("take the next step in slow motion");
        await page.keyboard.press("3");
        expect(await page.locator("[data-testid=slow] [data-part=gradient]").count()).toBe(1);

        await button(page, "put a bias of 0 beside it").press("Enter");
        await expect.poll(() => lanes(page).count(), patience).toBe(2);
        expect(await focused(page)).toBe("put a bias of 0 beside it");
        await button(page, "one training alone").press("Enter");
        await expect.poll(() => lanes(page).count(), patience).toBe(1);
        expect(await focused(page)).toBe("one training alone");
      }),
    slow,
  );

  it(
    "the page that is opened anew while it runs offers the training with its settings",
    () =>
      alone("/train?batch=16&filters=8&bias=-0.5", async (page) => {
        await pressRun(page);
        await untilStep(page, 3);
        await pause(page);
        await keptState(page, await stepOf(page));
        await pressRun(page);
        await page.getByRole("banner").getByRole("link", { name: "Train", exact: true }).click();
        await page.waitForURL((url) => url.search === "");
        await button(page, "go on with it").press("Enter");
        await expect.poll(() => stepOf(page), patience).toBeGreaterThanOrEqual(1);
        expect(await focused(page)).toBe("stage");
        await page.getByTestId("settings").locator("summary").click();
        expect(await page.getByRole("slider", { name: /Output bias/ }).inputValue()).toBe("-0.5");
        expect(new URL(page.url()).searchParams.get("filters")).toBe("8");
      }),
    slow,
  );
});

it("is a sentence without script", () =>
  visit("/train", { view: { ...desktop, javaScriptEnabled: false } }, async (page) => {
    expect(await page.locator("main").innerText()).toContain("needs JavaScript");
  }));

/** The same training on the trainer's wasm engine, so far. */
async function inNode(steps: number) {
  await startWasm();
  const { train, test } = await openDataset(undefined);
  const watched = new Uint8Array(7840);
  for (const [at, index] of firstOfEachClass(test.labels, 1).entries()) watched.set(test.bytes(index), at * 784);
  const settings = { ...assignmentSettings, batchSize: 16 };
  const session = new TrainingSession(
    {
      clock: () => 0,
      now: () => new Date().toISOString(),
      tell: () => {},
      openReplicas: (of) => [new Replica(of)],
      breathe: async () => {},
      keras: () => writeKeras,
    },
    { settings, pictures: Uint8Array.from(train.bytes(0, 5000)), watched },
  );
  await session.begin(settings);
  await session.run({ steps });
  return readState(await session.save());
}
