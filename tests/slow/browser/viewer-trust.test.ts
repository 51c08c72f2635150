import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTable, tensor } from "@autoencoder/model";
import { parseRun, runPaths } from "@autoencoder/model/run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openContext } from "../../browser/browser.ts";
import { serveSite } from "../../browser/serve.ts";
import { trustPanel, wide } from "../../browser/viewer-page.ts";

/** Runs that must not be believed or cannot be shown, served from a folder of their own. */

const artifacts = join(import.meta.dirname, "../../../artifacts");
let folder: string;
let site: { url: string; stop: () => void };

/** How much brighter the spoiled run says that its pictures were. */
const added = 0.125;

/** A copy of a run whose recorded pictures were altered, and run.json with them: every hash is right. */
function spoil(name: string): void {
  cpSync(join(artifacts, "assignment"), join(folder, name), { recursive: true });
  const path = join(folder, name, runPaths.samples);
  const bytes = readFileSync(path);
  const before = parseRun(readFileSync(join(folder, name, "run.json"), "utf8"));
  const { data } = tensor(readTable(bytes), "reconstructions");
  const header = Number(bytes.readBigUInt64LE(0));
  const [from] = JSON.parse(bytes.subarray(8, 8 + header).toString()).reconstructions.data_offsets as [number];
  data.forEach((value, at) => {
    bytes.writeFloatLE(value + added, 8 + header + from + at * 4);
  });
  writeFileSync(path, bytes);
  const old = before.files.find((file) => file.path === runPaths.samples)?.sha256 as string;
  const json = readFileSync(join(folder, name, "run.json"), "utf8")
    .replace('"name": "assignment",\n  "status"', `"name": "${name}",\n  "status"`)
    .replace(old, createHash("sha256").update(bytes).digest("hex"));
  writeFileSync(join(folder, name, "run.json"), json);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "runs-"));
  spoil("spoiled");
  cpSync(join(artifacts, "assignment"), join(folder, "assignment"), { recursive: true });
  mkdirSync(join(folder, "broken"));
  writeFileSync(join(folder, "broken/run.json"), '{ "formatVersion": 1, "name": "broken" }');
  site = await serveSite({ RUNS_DIR: folder });
});
afterAll(async () => {
  site.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(path: string) {
  const context = await openContext(wide);
  const page = await context.newPage();
  const answer = await page.goto(`${site.url}${path}`);
  return { page, status: answer?.status(), close: () => context.close() };
}

describe("the trust panel", () => {
  it("warns when what the trainer recorded is not what the page computes", async () => {
    const { page, close } = await opened("/viewer?run=spoiled");
    const panel = trustPanel(page);
    await panel.getByRole("alert").waitFor();
    const told = await panel.locator("[data-part='difference']").innerText();
    const [, pixel, latent] = /(\d\.\d{5})\D+(\d\.\d{5})\D+100/.exec(told) ?? [];
    expect(Math.abs(Number(pixel) - added)).toBeLessThan(2e-3);
    expect(Number(latent)).toBeLessThan(1e-2); // the codes were left as they are
    await close();
  });

  it("names run, recipe, seed, commit, engine, split and backend as run.json has them, without a warning", async () => {
    const run = parseRun(readFileSync(join(artifacts, "assignment/run.json"), "utf8"));
    const { page, close } = await opened("/viewer");
    const panel = trustPanel(page);
    await panel.locator("[data-part='difference']", { hasText: /\d\.\d{5}\D+\d\.\d{5}\D+100/ }).waitFor();
    const fact = async (term: string) =>
      (await panel.locator("div", { has: page.locator("dt", { hasText: new RegExp(`^${term}$`) }) }).innerText())
        .split("\n")
        .slice(1)
        .join(" ");
    expect(await fact("run")).toContain("assignment");
    expect(await fact("recipe")).toBe(`${run.recipe.name}: ${run.recipe.epochs} epochs of batches of 128`);
    expect(await fact("seed")).toBe(String(run.seed));
    expect(await fact("commit")).toContain((run.source.commit ?? "unknown").slice(0, 12));
    expect(await fact("engine")).toBe(`${run.engine.name} on ${run.engine.device}`);
    expect(await fact("data split")).toBe("54,000 to train, 6,000 to validate, 10,000 to test");
    expect(await fact("backend of this page")).toContain("WebAssembly");
    expect(await panel.getByRole("alert").count()).toBe(0);
    await close();
  });
});

describe("a run that cannot be shown", () => {
  it.each([
    ["/viewer?run=missing", 404, "there is no run"],
    ["/viewer?run=..%2F..%2Fetc", 404, "expected a run’s name"],
    ["/viewer?run=broken", 500, "cannot be read"],
    ["/chapters/the-data?run=missing", 404, "there is no run"],
    ["/no-such-page", 404, "There is no such page"],
  ])("%s answers %i and says why, before any script", async (path, status, sentence) => {
    const answer = await fetch(`${site.url}${path}`);
    expect(answer.status).toBe(status);
    const text = (await answer.text()).replace(/<script[\s\S]*?<\/script>/g, "").replaceAll("&#x27;", "’");
    expect(text).toContain(sentence);
  });

  it("leads to the run that can be", async () => {
    const { page, status, close } = await opened("/viewer?run=missing");
    expect(status).toBe(404);
    await page.getByRole("link", { name: "Show the run assignment" }).click();
    await page.locator('[data-state="live"]').waitFor();
    await close();
  });
});
