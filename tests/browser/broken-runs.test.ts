import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { breakRuns, runsThatDoNotOpen, runsWithBrokenFile } from "../fixtures/broken-runs.ts";
import { desktop, openContext } from "./browser.ts";
import { serveSite } from "./serve.ts";

let folder: string;
let site: { url: string; stop: () => void };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "broken-"));
  breakRuns(folder);
  site = await serveSite({ RUNS_DIR: folder });
});
afterAll(() => {
  site.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a reader without script gets. */
async function get(path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${site.url}${path}`);
  const text = (await answer.text()).replace(/<script.*?<\/script>|<!--.*?-->/gs, "");
  return { status: answer.status, text };
}

/** The notices in place of parts. */
function brokenParts(text: string): string[] {
  return [...text.matchAll(/<span[^>]*data-part="broken"[^>]*>(.*?)<\/span>/gs)].map(([, words]) => words as string);
}

const fileOf = (name: string) => runsWithBrokenFile.find((run) => run.name === name)?.path;

describe("a chapter of a run with one broken file", () => {
  it.each([
    ["cut-weights", "the-whole-network"],
    ["turned-weights", "convolution-pixel-by-pixel"],
    ["cut-weights", "reconstructions"],
    ["lacking-snapshots", "training"],
    ["assignment-literal", "when-it-prints-black"],
    ["narrow-samples", "the-whole-network"],
    ["narrow-samples", "training"],
    ["cut-latents", "the-latent-space"],
  ])("stands, and says in the figure's place what is wrong: %s, %s", async (name, slug) => {
    const { status, text } = await get(`/chapters/${slug}?run=${name}`);
    expect(status).toBe(200);
    expect(text).toMatch(/<h1/);
    expect(text).toContain('aria-label="Chapters before and after"');
    const parts = brokenParts(text);
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) {
      expect(part).toMatch(new RegExp(`^This part cannot be shown: .*${fileOf(name)} .*expected .* but `));
    }
  });

  it.each(["cut-weights", "narrow-samples", "lacking-snapshots"])(
    "still stands once its scripts run: %s",
    async (name) => {
      const context = await openContext(desktop);
      const page = await context.newPage();
      const failures: string[] = [];
      page.on("pageerror", ({ message }) => failures.push(message));
      await page.goto(`${site.url}/chapters/training?run=${name}`, { waitUntil: "networkidle" });
      expect(await page.locator("h1").first().innerText()).toBe("Training");
      expect(await page.locator('nav[aria-label="Chapters before and after"]').count()).toBe(1);
      expect(failures).toEqual([]);
      await context.close();
    },
  );
});

describe("runs that do not open", () => {
  it("have their row in the list beside those that do", async () => {
    const { status, text } = await get("/runs");
    expect(status).toBe(200);
    for (const name of runsThatDoNotOpen) {
      const row = text.split(`data-run="${name}"`)[1]?.split("<li")[0];
      expect(row).toContain(`This run cannot be shown: the run &quot;${name}&quot; cannot be read: run.json: `);
    }
    expect(text.split('data-run="assignment"')[1]).toContain('href="/runs/assignment/report"');
  });
});
