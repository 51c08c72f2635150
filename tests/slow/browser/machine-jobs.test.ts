import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { advance, type TrainingProgress, trainerEvent } from "@autoencoder/model/run";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsInBothThemes } from "../../browser/axe.ts";
import { openContext, phone } from "../../browser/browser.ts";
import { serveSite } from "../../browser/serve.ts";
import { arrive, button, runButton, untilStep } from "../../browser/train-page.ts";
import { artifacts } from "../../fixtures/committed-runs.ts";
import { endTrainings } from "../../fixtures/train-api.ts";

/** Trainings on the machine that serves the site, as their page shows them, with a real trainer. */

const folder = mkdtempSync(join(tmpdir(), "machine-page-"));
const runs = join(folder, "runs");
const run = "fast-100-epochs-300-images";
const events = join(runs, ".work", run, "events.jsonl");
const waits = { timeout: 240_000, interval: 50 };
type Site = Awaited<ReturnType<typeof serveSite>>;
let site: Site;
let other: Site | undefined;
let port: string;

beforeAll(async () => {
  // A training that is over: its publishing takes a minute, and tests/slow/machine-jobs.test.ts waits for that.
  cpSync(join(artifacts, "assignment"), join(runs, "assignment"), { recursive: true });
  mkdirSync(join(runs, ".work"));
  const over = {
    run: "assignment",
    asked: { recipe: "assignment" },
    added: new Date().toISOString(),
    state: "finished",
  };
  writeFileSync(join(runs, ".work/jobs.json"), JSON.stringify({ attempts: 0, jobs: [{ ...over, attempt: 0 }] }));
  port = await freePort();
  site = await serve();
});
afterAll(async () => {
  site?.stop("SIGKILL");
  other?.stop("SIGKILL");
  await endTrainings(runs);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const serve = (env: Record<string, string> = {}) => serveSite({ RUNS_DIR: runs, PORT: port, ...env });

function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(String(typeof address === "object" && address ? address.port : 0)));
    });
  });
}

/** The page's part, with what it asks for as a stream, and the errors of its console. */
async function open(view = phone) {
  const context = await openContext(view);
  const page = await context.newPage();
  const streams: { after: string | undefined; closed: boolean }[] = [];
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    const address = new URL(request.url());
    if (!address.pathname.endsWith("/train.events")) return;
    const { lastEventId } = JSON.parse(address.searchParams.get("input") ?? "{}");
    const stream = { after: request.headers()["last-event-id"] ?? lastEventId, closed: false };
    streams.push(stream);
    const close = (ended: unknown) => {
      if (ended === request) stream.closed = true;
    };
    page.on("requestfailed", close);
    page.on("requestfinished", close);
  });
  await page.goto(`${site.url}/train`);
  const part = page.locator("[data-part='on-this-machine']");
  await part.scrollIntoViewIfNeeded();
  return { page, part, streams, problems, close: () => context.close() };
}

/** What the tab has kept of the training that it follows. */
const kept = (page: Page) =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem("training-on-this-machine") ?? "null")) as Promise<{
    last: string;
    run: string;
    progress: TrainingProgress;
  } | null>;

/** As when the reader turns to another tab, and back. */
const turn = (page: Page, hidden: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);

const written = () => (existsSync(events) ? readFileSync(events, "utf8").trim().split("\n") : []);

it("a training is started, followed, left, found again, saved and continued", async () => {
  const { page, part, streams, problems, close } = await open();
  const job = part.locator(`[data-run='${run}']`);
  await part.getByLabel("Engine").selectOption("wasm");
  expect(streams).toEqual([]); // nothing runs: nothing is held open
  await part.getByLabel(/^Epochs/).fill("100");
  await part.getByLabel(/^Digits/).fill("300");
  await part.getByRole("button", { name: "Start on this machine" }).click();
  await expect
    .poll(() => job.locator("[data-part='stand']").innerText(), waits)
    .toMatch(/epoch 1 of 100 · step \d+ of 9/);
  await expect.poll(() => part.locator("[aria-live='polite']").innerText(), waits).toContain(run);
  expect(streams).toHaveLength(1);
  expect(await violationsInBothThemes(page)).toEqual([]);

  // A tab that is hidden holds no stream open, and goes on where it was.
  await turn(page, true);
  await expect.poll(() => streams[0]?.closed, waits).toBe(true);
  const before = await kept(page);
  await turn(page, false);
  await expect.poll(() => streams.length, waits).toBe(2);
  expect(streams[1]?.after).toBe(before?.last);

  // So does a page that is loaded again.
  await expect.poll(async () => (await kept(page))?.last, waits).not.toBe(before?.last);
  await turn(page, true);
  const left = await kept(page);
  await page.reload();
  await part.scrollIntoViewIfNeeded();
  await expect.poll(() => streams.length, waits).toBe(3);
  expect(streams[2]?.after).toBe(left?.last);

  // And one whose server is killed and started again: the browser comes back by itself.
  site.stop("SIGKILL");
  await part.getByText("this page tries again").waitFor();
  site = await serve();
  const offline = (await kept(page))?.last;
  await expect.poll(async () => (await kept(page))?.last, waits).not.toBe(offline);
  expect(await part.getByText("this page tries again").count()).toBe(0);

  await job.getByRole("button", { name: "Save and stop" }).click();
  await expect.poll(() => job.getAttribute("data-state"), waits).toBe("stopped");
  await expect.poll(() => job.innerText()).toContain("Saved after epoch");
  await expect.poll(() => streams.at(-1)?.closed, waits).toBe(true); // nothing runs any more

  // How long a line is on its way into what the page keeps, while nobody leaves.
  await page.evaluate(() => {
    const arrived: Record<string, number> = {};
    Object.assign(window, { arrived });
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
      if (key === "training-on-this-machine") arrived[JSON.parse(text).last] ??= Date.now();
      set.call(this, key, text);
    };
  });
  const writtenAt: number[] = [];
  const first = written().length;
  const watch = setInterval(() => {
    const now = written().length - first;
    while (writtenAt.length < now) writtenAt.push(statSync(events).mtimeMs);
  }, 5);
  await job.getByRole("button", { name: "Go on" }).click();
  await expect.poll(() => writtenAt.length, waits).toBeGreaterThan(12);
  await job.getByRole("button", { name: "Save and stop" }).click();
  await expect.poll(() => job.getAttribute("data-state"), waits).toBe("stopped");
  clearInterval(watch);

  // Nothing was lost and nothing came twice: what the page has made of the events is what all of the file make.
  let progress: TrainingProgress | undefined;
  for (const line of written()) progress = advance(progress, trainerEvent.parse(JSON.parse(line)));
  expect((await kept(page))?.progress).toEqual(progress);

  const arrived = (await page.evaluate(() => Object.entries((window as never as { arrived: object }).arrived))) as [
    string,
    number,
  ][];
  const delays = arrived
    .filter(([id]) => id.startsWith("2."))
    .map(([id, at]) => at - (writtenAt[Number(id.slice(2))] ?? Number.NaN))
    .sort((one, other) => one - other);
  const median = delays[Math.floor(delays.length / 2)] ?? Number.NaN;
  process.stdout.write(`from the trainer's line to the page: median ${Math.round(median)} ms of ${delays.length}\n`);
  expect(delays.length).toBeGreaterThan(8);
  expect(median).toBeLessThanOrEqual(200);

  expect(await violationsInBothThemes(page)).toEqual([]);
  const small = await part
    .locator("button, select, input, a")
    .evaluateAll((all) =>
      all.flatMap((one) => (one.getBoundingClientRect().height < 43.9 ? [one.outerHTML.slice(0, 80)] : [])),
    );
  expect(small).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(problems).toEqual([]);
  const over = part.locator("[data-run='assignment']");
  expect(await over.innerText()).toContain("finished");
  await over.getByRole("link", { name: "Open it in the viewer" }).click();
  await page.waitForURL("**/viewer?run=assignment");
  await close();
}, 600_000);

it("what the page has trained is handed over and becomes a run, which the viewer opens", async () => {
  const { page, problems, close } = await open();
  await arrive(page, `${site.url}/train?batch=256`);
  await runButton(page).click();
  await untilStep(page, 1);
  await button(page, /pause/).click();
  const hand = page.getByRole("button", { name: "make it a run of this site" });
  await hand.waitFor({ timeout: 120_000 });
  await hand.click();
  const become = page.locator("[data-part='become-run']");
  await expect.poll(() => become.getAttribute("data-state"), waits).toBe("finished");
  expect(problems).toEqual([]);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await become.getByRole("link", { name: "open it in the viewer" }).click();
  await page.waitForURL("**/viewer?run=trained-in-a-page*");
  await page.locator('[data-state="live"]').waitFor();
  // The trainer has taken the steps to the end of the epoch: sixteen batches of 256 make its 4,000 images.
  const { page: part, history } = JSON.parse(readFileSync(join(runs, "trained-in-a-page/run.json"), "utf8"));
  expect(history).toHaveLength(1);
  expect(part.steps).toBeGreaterThan(0);
  expect(part.steps).toBeLessThan(17);
  expect(existsSync(join(runs, ".work/trained-in-a-page/trained-here.zip"))).toBe(false);
  await close();
}, 600_000);

describe("whoever may not train here", () => {
  it("reads why and what to do, and enters with the token", async () => {
    const token = "a token of the lab";
    other = await serveSite({ HOST: "0.0.0.0", RUNS_DIR: runs, TRAINING_TOKEN: token });
    const context = await openContext(phone);
    const page = await context.newPage();
    await page.goto(`${other.url}/train`);
    const part = page.locator("[data-part='on-this-machine']");
    await part.scrollIntoViewIfNeeded();
    await part.getByText("the site listens to the network").waitFor();
    expect(await part.innerText()).toContain("npm run train -- --recipe fast");
    await part.getByLabel("Token").fill("another token of the lab");
    await part.getByRole("button", { name: "Enter" }).click();
    await expect.poll(() => part.getByRole("alert").innerText(), waits).toContain("but it is another");
    await part.getByLabel("Token").fill(token);
    await part.getByRole("button", { name: "Enter" }).click();
    await part.getByRole("button", { name: "Start on this machine" }).waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe("");
    await context.close();
  });

  it("without script reads one sentence with the command", async () => {
    const { part, close } = await open({ ...phone, javaScriptEnabled: false });
    expect((await part.innerText()).trim()).toMatch(/^Without script .* npm run train -- --recipe fast .*$/);
    await close();
  });
});
