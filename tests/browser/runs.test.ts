import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { greyByte } from "@autoencoder/model";
import { parseRun } from "@autoencoder/model/run";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { desktop, openContext, visit } from "./browser.ts";
import { samples } from "./home-page.ts";
import { serveSite } from "./serve.ts";

const artifacts = join(import.meta.dirname, "../../artifacts");
const load = (name: string) => parseRun(readFileSync(join(artifacts, name, "run.json"), "utf8"));

describe("the list of runs", () => {
  it("has the figures of each run's run.json, and the ways to its pages", () =>
    visit("/runs", { view: desktop }, async (page) => {
      for (const name of ["assignment", "assignment-literal"]) {
        const run = load(name);
        const entry = page.locator(`[data-run="${name}"]`);
        const facts = await entry.locator("dd").allInnerTexts();
        expect(facts).toContain(run.history.at(-1)!.valLoss!.toFixed(5));
        expect(facts).toContain(run.test.mse.toFixed(5));
        expect(facts).toContain(run.status);
        const ways = await entry.locator("nav a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
        expect(ways).toEqual([
          `/runs/${name}/report`,
          `/grading?run=${name}`,
          `/chapters/hand-it-in?run=${name}`,
          `/viewer?run=${name}`,
        ]);
      }
      // Two losses are two measures, and each is named.
      const measures = async (name: string) =>
        (await page.locator(`[data-run="${name}"] dt`).allInnerTexts()).filter((term) => term.startsWith("validation"));
      expect(await measures("assignment")).toEqual(["validation MSE"]);
      expect(await measures("assignment-bce")).toEqual(["validation cross-entropy"]);
      const slim = page.locator('[data-run="assignment-2"]');
      expect(await slim.locator("dd").allInnerTexts()).toContain(load("assignment-2").test.mse.toFixed(5));
      expect(await slim.locator("nav a").allInnerTexts()).toEqual(["Viewer"]);
      await page.locator('[data-run="assignment"]').getByRole("link", { name: "Report" }).click();
      await page.getByRole("heading", { name: "A convolutional autoencoder on MNIST" }).waitFor();
    }));

  it("has ten digits of each run above what it rebuilds", () =>
    visit("/runs", { view: desktop }, async (page) => {
      const rows = page.locator("[data-run='assignment'] figure img");
      expect(await rows.count()).toBe(2);
      const pixels = await rows.first().evaluate(async (row: HTMLImageElement) => {
        await row.decode();
        const canvas = new OffscreenCanvas(280, 56);
        const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
        context.drawImage(row, 0, 0);
        return [...context.getImageData(0, 0, 280, 56).data].filter((_, at) => at % 4 === 0);
      });
      // The middle row of all ten: the samples are ten of each digit.
      const middle = (at: number) => samples.reconstructions.slice(at * 784 + 14 * 28, at * 784 + 15 * 28);
      const rebuilt = Array.from({ length: 10 }, (_, digit) => middle(digit * 10).map(greyByte)).flat();
      expect(pixels.slice((28 + 14) * 280, (28 + 15) * 280)).toEqual(rebuilt);
      expect(await page.locator("[data-run='assignment-2'] figure img").count()).toBe(2);
    }));

  it("stands in the menu", () =>
    visit("/", { view: desktop }, async (page) => {
      await page.locator("[data-testid='menu'] summary").click();
      await page.getByRole("link", { name: "Runs and reports" }).click();
      await page.getByRole("heading", { name: "Runs and reports" }).waitFor();
    }));
});

describe("runs that are not whole", () => {
  let folder: string;
  let site: { url: string; stop: () => void };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "runs-"));
    cpSync(join(artifacts, "assignment"), join(folder, "assignment"), { recursive: true });
    rmSync(join(folder, "assignment/loss_curve.png"));
    writeFileSync(join(folder, "assignment/reconstructions.png"), "altered");
    mkdirSync(join(folder, "broken"));
    writeFileSync(join(folder, "broken/run.json"), '{ "formatVersion": 1, "name": "broken" }');
    site = await serveSite({ RUNS_DIR: folder });
  });
  afterAll(() => {
    site.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  /** What a reader without script gets: the page without its scripts and React's marks between texts. */
  const get = async (path: string) => {
    const answer = await fetch(`${site.url}${path}`);
    const text = (await answer.text()).replace(/<script.*?<\/script>|<!--.*?-->/gs, "");
    return { status: answer.status, text };
  };

  it.each([
    ["unknown", 404, "/runs/no-run/report", "there is no run &quot;no-run&quot;"],
    ["broken", 500, "/runs/broken/report", "the run &quot;broken&quot; cannot be read: run.json: status"],
    ["of no possible name", 404, "/runs/No_Run/report", "expected a run&#x27;s name of a-z, 0-9 and -"],
    ["unknown to a chapter", 404, "/chapters/counting?run=no-run", "there is no run &quot;no-run&quot;"],
    ["unknown to the viewer", 404, "/viewer?run=no-run", "there is no run &quot;no-run&quot;"],
  ])("say in the page why a run is not shown that is %s, with status %i", async (_, expected, path, sentence) => {
    const { status, text } = await get(path);
    expect(status).toBe(expected);
    expect(text).toContain(sentence);
  });

  it("lead from such a page to the same page of the run that is there", async () => {
    expect((await get("/runs/broken/report")).text).toContain('href="/runs/assignment/report">Show the run');
    expect((await get("/chapters/counting?run=broken")).text).toContain('href="?">Show the run');
  });

  it("are on the list with what is wrong and the command that mends it", async () => {
    const { status, text } = await get("/runs");
    expect(status).toBe(200);
    expect(text).toContain("This run cannot be shown: the run &quot;broken&quot; cannot be read");
    // A new training is no repair of what somebody handed in.
    expect(text).toMatch(/If this run is somebody’s work, ask for its folder\..*npm run train -- --name broken/s);
  });

  it("have a report that names each picture that it lacks, on the page and in the Markdown", async () => {
    const { status, text } = await get("/runs/assignment/report");
    expect(status).toBe(200);
    const missing =
      "The picture loss_curve.png is missing here: loss_curve.png of the run &quot;assignment&quot; cannot be read";
    expect(text).toContain(missing);
    expect(text).toContain("The picture reconstructions.png is missing here: reconstructions.png of the run");
    const context = await openContext(desktop);
    const page = await context.newPage();
    await page.goto(`${site.url}/runs/assignment/report`);
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as Markdown (zip)" }).click();
    const files = unzipSync(new Uint8Array(readFileSync(await (await waiting).path())));
    expect(Object.keys(files)).toEqual(["report.md"]);
    const markdown = strFromU8(files["report.md"]!);
    expect(markdown).toMatch(/\*\(loss_curve\.png is missing: .* cannot be read; train the run again\)\*/);
    expect(markdown).toMatch(
      /\*\(reconstructions\.png is missing: .* expected \d+ bytes but got 7; train the run again\)\*/,
    );
    await context.close();
  });

  it("leave a list that is empty with the command that fills it", async () => {
    const empty = mkdtempSync(join(tmpdir(), "no-runs-"));
    const bare = await serveSite({ RUNS_DIR: empty });
    try {
      const answer = await fetch(`${bare.url}/runs`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain("npx turbo run train");
    } finally {
      bare.stop();
      rmSync(empty, { recursive: true });
    }
  });
});
