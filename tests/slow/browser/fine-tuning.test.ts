import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { meanSquaredError, readWeights } from "@autoencoder/model";
import { buildAutoencoder, setWeights } from "@autoencoder/model/tfjs";
import { predict } from "@autoencoder/model/training";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { openDataset } from "../../../apps/trainer/src/dataset.ts";
import { startWasm } from "../../../apps/trainer/src/engines/wasm-backend.ts";
import { recipeOf } from "../../../apps/web/src/training/recipe.ts";
import { assignmentSettings } from "../../../apps/web/src/training/settings.ts";
import { violations } from "../../browser/axe.ts";
import { desktop, openPage } from "../../browser/browser.ts";
import { serveSite } from "../../browser/serve.ts";
import {
  arrive,
  button,
  drawOwn,
  patience,
  runButton,
  stepOf,
  training,
  untilAt,
  untilStanding,
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
  await button(page, /pause/).click();
  await untilStanding(page);
  return stepOf(page);
}

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
        const there = await errorInNode();
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
        expect(await violations(page)).toEqual([]);
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

/** MSE of the committed run over the page's first 1,000 validation pictures. */
async function errorInNode(): Promise<number> {
  await startWasm();
  const { train } = await openDataset(undefined);
  const models = buildAutoencoder(recipeOf(assignmentSettings).spec);
  for (const part of ["encoder", "decoder"] as const) {
    const folder = `artifacts/assignment/${part}`;
    const json = readFileSync(`${folder}/model.json`, "utf8");
    setWeights(models[part], readWeights(json, new Uint8Array(readFileSync(`${folder}/weights.bin`))));
  }
  const pixels = train.floats(4000, 5000);
  return meanSquaredError(await predict(models.autoencoder, pixels), pixels);
}
