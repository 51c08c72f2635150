import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { violationsInBothThemes } from "../../browser/axe.ts";
import { openContext, phone } from "../../browser/browser.ts";
import { serveSite } from "../../browser/serve.ts";
import { artifacts } from "../../fixtures/committed-runs.ts";
import { writeFewDigits } from "../../fixtures/trainer.ts";
import { startWorker, type WorkerProcess } from "../../fixtures/worker.ts";

/** A site that gives its trainings to a pool, with a worker as another machine would have it. */

const folder = mkdtempSync(join(tmpdir(), "pool-page-"));
const [runs, digits] = [join(folder, "runs"), join(folder, "digits")];
const waits = { timeout: 240_000, interval: 100 };
let site: Awaited<ReturnType<typeof serveSite>>;
let worker: WorkerProcess;

beforeAll(async () => {
  mkdirSync(runs);
  cpSync(join(artifacts, "assignment"), join(runs, "assignment"), { recursive: true });
  writeFewDigits(digits, 28);
  site = await serveSite({ RUNS_DIR: runs, JOBS_URL: "file:" });
  worker = startWorker({ JOBS_URL: "file:", ARTIFACTS_DIR: runs, MNIST_DIR: digits }, ["--name", "lab-1"]);
});
afterAll(async () => {
  site?.stop("SIGKILL");
  worker?.child.kill("SIGTERM");
  await worker?.ended;
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

it("a training that differs from its recipe is started on the pool, followed, and published by a worker", async () => {
  const context = await openContext(phone);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${site.url}/train`);
  const part = page.locator("[data-part='on-this-machine']");
  await part.scrollIntoViewIfNeeded();
  await part.getByLabel(/^Recipe/).selectOption("assignment");
  expect(await part.getByLabel("Engine").locator("option").first().innerText()).toBe("wasm, which every machine has");
  await part.getByLabel(/^Epochs/).fill("1");
  await part.getByLabel(/^Digits/).fill("200");
  await part.getByText("What differs from the recipe").click();
  // What the recipe has stands where nothing is entered.
  const batchSize = part.getByLabel("Batch size");
  expect(await batchSize.getAttribute("placeholder")).toBe("128");
  await batchSize.fill("16");
  await part.getByLabel("Learning rate").fill("0.002");
  await part.getByLabel("Code length").fill("8");
  await part.getByLabel("Seed").fill("5");
  await part.getByLabel("Loss").selectOption("bce");
  expect(await violationsInBothThemes(page)).toEqual([]);
  await part.getByRole("button", { name: "Start on the pool" }).click();
  const job = part.locator("[data-run]").first();
  await expect.poll(() => job.getAttribute("data-state"), waits).toBe("running");
  await expect
    .poll(() => job.locator("[data-part='stand']").innerText(), waits)
    .toMatch(/epoch 1 of 1 · step \d+ of 12/);
  await expect.poll(() => job.getAttribute("data-state"), waits).toBe("finished");
  const name = await job.getAttribute("data-run");
  const { recipe } = JSON.parse(readFileSync(join(runs, String(name), "run.json"), "utf8"));
  expect(recipe).toMatchObject({
    batchSize: 16,
    loss: "bce",
    seed: 5,
    optimizer: { name: "adam", learningRate: 0.002 },
  });
  expect(recipe.spec.encoder.layers.at(-1)).toMatchObject({ className: "Dense", units: 8 });
  expect(worker.said()).toContain(`${name}: attempt 1`);
  expect(problems).toEqual([]);
  await context.close();
}, 300_000);
