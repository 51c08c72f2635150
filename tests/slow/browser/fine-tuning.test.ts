import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { openDataset } from "../../../apps/trainer/src/dataset.ts";
import { violationsInBothThemes } from "../../browser/axe.ts";
import { desktop, openPage } from "../../browser/browser.ts";
import { artifacts, numbersIn, runOf } from "../../browser/chapter-page.ts";
import { tabTo } from "../../browser/keys.ts";
import { serveSite } from "../../browser/serve.ts";
import { errorOfRun } from "../../browser/stock-model.ts";
import {
  arrive,
  button,
  drawOwn,
  patience,
  pause,
  runButton,
  stepOf,
  training,
  untilAt,
  untilStep,
} from "../../browser/train-page.ts";
import { startHere } from "../../fixtures/trainer.ts";

const slow = 300_000;
const folder = mkdtempSync(join(tmpdir(), "fine-tuning-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const errorOf = async (page: Page, part: string) =>
  Number(await page.locator(`[data-testid='training'] [data-part='${part}'][data-mse]`).getAttribute("data-mse"));

async function open(address: string): Promise<Awaited<ReturnType<typeof openPage>>> {
  const opened = await openPage(desktop, "fresh");
  await arrive(opened.page, address);
  return opened;
}

/** Runs until a step has come, and stands. @returns the step at which it stands */
async function run(page: Page, steps: number): Promise<number> {
  await runButton(page).click();
  await untilStep(page, steps);
  await pause(page);
  return stepOf(page);
}

/** The run and its files that a training began from, as its download says. */
async function downloadedStart(page: Page): Promise<{ run: string; files: { path: string; sha256: string }[] }> {
  const [download] = await Promise.all([
    page.waitForEvent("download", { timeout: 60_000 }),
    button(page, "download what it has learned").click(),
  ]);
  const files = unzipSync(readFileSync(await download.path()));
  return JSON.parse(strFromU8(files["training.json"] as Uint8Array)).page.start;
}

/** The output layer's bias of a committed run: the last number of its weights. */
function ownBias(run: string): number {
  const weights = readFileSync(join(artifacts, run, "decoder/weights.bin"));
  return weights.readFloatLE(weights.length - 4);
}

/** The error over the watched digits as they are shown. */
const digitsError = async (page: Page) =>
  numbersIn((await page.getByRole("img", { name: /^ten test digits/ }).getAttribute("aria-label")) ?? "").at(-1) ?? 0;

/** The losses that the page has kept in its IndexedDB, once it has kept that step. */
async function keptLosses(page: Page, step: number): Promise<number[]> {
  const kept = () =>
    page.evaluate(
      () =>
        new Promise<{ step: number; losses: number[] } | undefined>((resolve) => {
          const opened = indexedDB.open("keyval-store");
          opened.onsuccess = () => {
            const asked = opened.result.transaction("keyval").objectStore("keyval").get("training");
            asked.onsuccess = () =>
              resolve(
                asked.result && {
                  step: asked.result.step,
                  losses: asked.result.steps.map(({ loss }: { loss: number }) => loss),
                },
              );
          };
        }),
    );
  await expect.poll(async () => (await kept())?.step, patience).toBe(step);
  return (await kept())?.losses ?? [];
}

describe("a training that begins from the committed run", () => {
  it(
    "has the run’s own error before the first step, and the same start when one goes back",
    async () => {
      const { page, problems, close } = await open("/train?start=trained&batch=16");
      try {
        await run(page, 1);
        const here = await errorOf(page, "start");
        const there = await errorInNode("assignment");
        expect(Math.abs(here / there - 1)).toBeLessThan(1e-5);
        const first: number[] = [];
        for (const _time of [1, 2]) {
          await button(page, "Back to the start").click();
          await untilAt(page, 0);
          await button(page, "One step").click();
          await untilAt(page, 1);
          first.push((await keptLosses(page, 1))[0] as number);
        }
        expect(first[0]).toBe(first[1]);
        // A network that knows its digits.
        expect(first[0]).toBeLessThan(0.005);
        expect(await downloadedStart(page)).toEqual({
          run: "assignment",
          files: runOf("assignment")
            .files.filter(({ path }) => path === "encoder/weights.bin" || path === "decoder/weights.bin")
            .map(({ path, sha256 }) => ({ path, sha256 }))
            .reverse(),
        });
        expect(problems).toEqual([]);
      } finally {
        await close();
      }
    },
    slow,
  );

  it(
    "has a slim run’s error where that has its weights in half floats alone",
    async () => {
      const { page, problems, close } = await open("/train?start=trained&code=16&batch=16");
      try {
        await run(page, 1);
        expect(Math.abs((await errorOf(page, "start")) / (await errorInNode("assignment-16")) - 1)).toBeLessThan(1e-5);
        expect((await downloadedStart(page)).run).toBe("assignment-16");
        expect(problems).toEqual([]);
      } finally {
        await close();
      }
    },
    slow,
  );

  it(
    "is begun with keys alone, its output bias is the run’s own until it is moved, and random weights have the page’s again",
    async () => {
      const { page, problems, close } = await openPage(desktop, "fresh");
      try {
        await drawOwn(page);
        await arrive(page, "/train?start=trained&batch=16");
        await tabTo(page, /^Settings$/);
        await page.keyboard.press("Enter");
        const settings = page.getByTestId("settings");
        const bias = settings.getByRole("slider", { name: /^Output bias/ });
        const told = async () => numbersIn((await bias.getAttribute("aria-valuetext")) ?? "")[0];
        // What the weights bring is not known before they are there.
        expect(await bias.isDisabled()).toBe(true);
        expect(await bias.getAttribute("aria-valuetext")).toBe("comes with the weights");
        expect(await violationsInBothThemes(page)).toEqual([]);

        const pressed = (name: RegExp) => settings.getByRole("button", { name }).getAttribute("aria-pressed");
        await tabTo(page, /^train on it too$/);
        await page.keyboard.press("Space");
        await expect.poll(() => pressed(/^train on it too$/), patience).toBe("true");
        await runButton(page).click();
        await untilStep(page, 1);
        await pause(page);
        const own = ownBias("assignment");
        expect(await told()).toBeCloseTo(own, 2);
        const before = await digitsError(page);
        await bias.focus();
        await page.keyboard.press("End");
        await expect.poll(told, patience).toBe(1);
        // Trained sums lie far from 0 nearly everywhere: the pictures change, and hardly.
        await expect.poll(() => digitsError(page), patience).not.toBe(before);
        expect(new URL(page.url()).search).toBe("?batch=16&start=trained&drawing=train");

        await tabTo(page, /^random$/);
        await page.keyboard.press("Enter");
        await untilAt(page, 0);
        expect(await pressed(/^random$/)).toBe("true");
        expect(await told()).toBe(-1.9);
        await tabTo(page, /^the committed run’s$/);
        await page.keyboard.press("Enter");
        await expect.poll(told, patience).toBeCloseTo(own, 2);
        expect(await violationsInBothThemes(page)).toEqual([]);
        expect(problems).toEqual([]);
      } finally {
        await close();
      }
    },
    slow,
  );

  it(
    "trains on the reader’s drawing, which it then rebuilds better, and goes on with it after a reload",
    async () => {
      const { page, problems, close } = await openPage(desktop, "fresh");
      try {
        await drawOwn(page);
        await arrive(page, "/train?start=trained&drawing=train&batch=32");
        const at = await run(page, 60);
        const before = await errorOf(page, "before");
        expect(await errorOf(page, "now")).toBeLessThan(before);
        await page.getByTestId("settings").locator("summary").click();
        await page.locator("[data-part='drawing-share']", { hasText: "last 200 of the 4,000" }).waitFor();
        expect(await violationsInBothThemes(page)).toEqual([]);
        await page.setViewportSize({ width: 280, height: 700 });
        await page.addStyleTag({ content: "html { font-size: 200% }" });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(280);
        await page.setViewportSize(desktop);
        await keptLosses(page, at);

        // The drawing comes from what was kept, not from the session.
        await page.evaluate(() => sessionStorage.clear());
        await page.reload();
        await button(page, "go on with it").click();
        await untilAt(page, at);
        expect(await errorOf(page, "before")).toBe(before);
        await button(page, "One step").click();
        await untilAt(page, at + 1);
        await button(page, "Back to the start").click();
        await untilAt(page, 0);
        expect(await errorOf(page, "now")).toBe(before);
        expect(problems).toEqual([]);
      } finally {
        await close();
      }
    },
    slow,
  );

  it(
    "takes the reader’s drawing along, and the run that becomes of it says so",
    async () => {
      const { page, problems, close } = await openPage(desktop, "fresh");
      const zip = join(folder, "trained-here.zip");
      try {
        await drawOwn(page);
        const drawn = await page.evaluate(() => sessionStorage["current-digit"] as string);
        await arrive(page, "/train?drawing=train&batch=256&filters=8");
        await run(page, 2);
        await button(page, "make it a run of this site").waitFor();
        const [download] = await Promise.all([
          page.waitForEvent("download", { timeout: 60_000 }),
          button(page, "download what it has learned").click(),
        ]);
        await page.getByTestId("take-along").getByText("npm run train -- --from").waitFor();
        await download.saveAs(zip);
        const files = unzipSync(readFileSync(zip));
        const drawing = files["drawing-idx3-ubyte"] as Uint8Array;
        expect([...drawing.subarray(0, 16)]).toEqual([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28]);
        expect(drawing).toHaveLength(800);
        expect(drawnBytes(drawn)).toEqual([...drawing.subarray(16)]);
        const sha256 = createHash("sha256").update(drawing).digest("hex");
        expect(JSON.parse(strFromU8(files["training.json"] as Uint8Array)).page.drawing).toEqual({
          from: 3800,
          to: 4000,
          path: "drawing-idx3-ubyte",
          sha256,
        });
        expect(problems).toEqual([]);
      } finally {
        await close();
      }
      const ended = await startHere(["--from", zip, "--engine", "wasm", "--slim", "--name", "drawn"], folder).ended;
      expect([ended.code, ended.errors]).toEqual([0, ""]);
      const site = await serveSite({ RUNS_DIR: folder });
      try {
        for (const address of ["/runs", "/viewer?run=drawn"])
          expect(await (await fetch(site.url + address)).text()).toContain(
            "200 of its 4,000 training images are its reader’s drawing.",
          );
      } finally {
        site.stop();
      }
    },
    slow,
  );

  it(
    "does not begin from anything else where the weights do not come",
    async () => {
      const { page, close } = await open("/train?start=trained&batch=16");
      try {
        await page.route("**/files/assignment/**/weights.bin", (route) => route.fulfill({ status: 503, body: "" }));
        await runButton(page).click();
        await expect
          .poll(() => page.getByTestId("status").innerText(), patience)
          .toMatch(/weights\.bin did not load: the server answered 503/);
        expect(await training(page).getAttribute("data-state")).toBe("idle");
        await page.unroute("**/files/assignment/**/weights.bin");
        await run(page, 1);
        await arrive(page, "/train?start=trained&filters=8");
        await runButton(page).click();
        await expect
          .poll(() => page.getByTestId("status").innerText(), patience)
          .toContain("No committed run has 8 filters and 64 numbers in its code");
      } finally {
        await close();
      }
    },
    slow,
  );
});

/** The bytes of the picture that the session holds as float32 in base64. */
function drawnBytes(session: string): number[] {
  const [, pixels = ""] = /"pixels":"([^"]+)"/.exec(session) ?? [];
  const bytes = Buffer.from(pixels, "base64");
  return Array.from({ length: bytes.length / 4 }, (_, at) => Math.round(bytes.readFloatLE(4 * at) * 255));
}

/** MSE of a committed run over the page's first 1,000 validation pictures. */
async function errorInNode(run: string): Promise<number> {
  const { train } = await openDataset(undefined);
  return errorOfRun(run, train.floats(4000, 5000));
}
