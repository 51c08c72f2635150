import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run } from "@autoencoder/model/run";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { chapters } from "../../../apps/web/content/chapters.ts";
import { drawnAddress, findFile } from "../../../apps/web/src/shared/run-addresses.ts";
import { desktop, openContext } from "../../browser/browser.ts";
import { serveSite } from "../../browser/serve.ts";
import {
  allThatAreNoRuns,
  allThatAreOdd,
  allThatDoNotOpen,
  allWithBrokenFile,
  breakMoreRuns,
} from "../../fixtures/broken-runs.ts";
import { isSentence } from "../../fixtures/fuzzing.ts";

/** Every broken run at every address that shows a run: what is wrong is said, and nothing else suffers. */

// Some pages compute for seconds what no other run has computed for them.
vi.setConfig({ testTimeout: 300_000 });

let folder: string;
let site: { url: string; stop: () => void };
/** What the sound run's pages show before any of the others is asked for. */
let sound: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "broken-"));
  breakMoreRuns(folder);
  site = await serveSite({ RUNS_DIR: folder });
}, 180_000);
afterAll(() => {
  site.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** With a word more than the run, so that pages are made and not kept: compressing a thousand of them is no part of this. */
const pagesOf = (name: string) => [
  `/viewer?run=${name}&once`,
  `/grading?run=${name}&once`,
  `/teach/questions?run=${name}&once`,
  `/runs/${name}/report?once`,
  ...chapters.map(({ slug }) => `/chapters/${slug}?run=${name}&once`),
];

/** What a run is asked for beside its pages. @param path the file that is broken */
function routesOf(name: string, path: string | undefined): string[] {
  const record = join(folder, name, "run.json");
  const run = existsSync(record) && opens(name) ? (JSON.parse(readFileSync(record, "utf8")) as Run) : undefined;
  const drawn = run ? drawnAddress({ ...run, name }) : `/drawn/${name}/0`;
  const file = run && path ? findFile({ ...run, name }, path) : undefined;
  const ask = (procedure: string, input: object) =>
    `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ name, ...input }))}`;
  return [
    `/files/${name}/run.json`,
    ...(file ? [file.address] : []),
    ...["20/strip.png", "20/conv2d_1.png", "20/icon.png", "samples.png", "ten.png", "snapshots/3.png"].map(
      (part) => `${drawn}/${part}`,
    ),
    ...["latents/plane", "latents/factor"].map((part) => `${drawn}/${part}`),
    ask("testDigits", { label: 3, order: "worst", page: 0 }),
    ask("neighbours", { latent: new Array(64).fill(0.5) }),
    ask("sameClassNeighbours", {}),
    ask("testPca", {}),
  ];
}
const opens = (name: string) => allThatAreOdd.includes(name) || allWithBrokenFile.some((run) => run.name === name);

interface Answer {
  address: string;
  status: number;
  type: string;
  text: string;
}

async function get(address: string): Promise<Answer> {
  const response = await fetch(`${site.url}${address}`, { headers: { "accept-encoding": "identity" } });
  const type = response.headers.get("content-type") ?? "";
  return { address, status: response.status, type, text: await response.text() };
}

/** Few at a time, as a reader's browser asks: a page that waits for fourteen others is told to come again. */
async function getAll(addresses: readonly string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < addresses.length; at += 4) {
    answers.push(...(await Promise.all(addresses.slice(at, at + 4).map(get))));
  }
  return answers;
}

/** What a reader of a page sees in its main part, without script: its words. */
function shownOf({ text }: Pick<Answer, "text">): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(text)?.[1] ?? "";
  return main
    .replace(/<(script|style|noscript|template)\b.*?<\/\1>|<!--.*?-->/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&quot;", '"')
    .replace(/\s+/g, " ")
    .trim();
}

/** The notices in place of parts. */
function brokenParts(text: string): string[] {
  return [...text.matchAll(/<span[^>]*data-part="broken"[^>]*>(.*?)<\/span>/gs)].map(([, words]) =>
    (words as string).replace(/<!--.*?-->/gs, "").replaceAll("&quot;", '"'),
  );
}

/** A page that stands: its title, its words, and no value of the program's among them. */
function expectStanding(page: Answer): void {
  const { address, status, text } = page;
  const shown = shownOf(page);
  expect([address, status]).toEqual([address, 200]);
  expect(text, address).toMatch(/<h1/);
  expect(text, address).not.toMatch(/__next_error__|Minified React|alert\(1\)<\/script>/);
  // What React leaves where a part failed on the server; a notice stands in its place, until scripts run and after.
  const failed = [...text.matchAll(/<template data-dgst="[^"]*"><\/template>(.{0,100})/gs)];
  for (const [, behind] of failed) expect(behind, address).toContain('data-part="broken"');
  expect(shown.length, address).toBeGreaterThan(200);
  expect(/.{0,60}\b(?:NaN|undefined|Infinity|\[object )\b.{0,40}/.exec(shown)?.[0], address).toBe(undefined);
  for (const part of brokenParts(text)) expect(isSentence(part), `${address}: ${part}`).toBe(true);
}

/** An answer of a route: bytes, or a status with a sentence. */
function expectAnswer({ address, status, type, text }: Answer): string | undefined {
  if (status < 400) return undefined;
  const sentence = type.includes("json") ? JSON.parse(text).error.message : text.trimEnd();
  expect(isSentence(sentence), `${address}: ${status} ${text.slice(0, 300)}`).toBe(true);
  return sentence;
}

it("the sound run beside them stands", async () => {
  const pages = await getAll(pagesOf("assignment"));
  for (const page of pages) expectStanding(page);
  sound = pages.map(shownOf);
});

describe("a run with a broken file", () => {
  it.each(allWithBrokenFile)("has all its pages, and is told what is wrong: $name", async ({ name, path }) => {
    const pages = await getAll(pagesOf(name));
    const answers = await getAll(routesOf(name, path));
    for (const page of pages) expectStanding(page);
    const said = [...pages.map(shownOf), ...answers.flatMap((answer) => expectAnswer(answer) ?? [])].join("\n");
    if (!saysNothing.has(name)) expect(said).toContain(`${path} of the run "${name}"`);
  });
});

/** What is not told before scripts run: no page reads into these files, or values that training itself can leave. */
const saysNothing: ReadonlySet<string> = new Set([
  "history-of-bytes",
  "no-number-steps",
  // Pictures, which a browser shows or does not.
  "curve-with-script",
  "empty-curve",
  "picture-too-large",
  "picture-of-nothing",
  // Read in the page, by a figure that a reader opens or asks.
  "no-steps",
  "cut-activations",
  "cut-projections",
  "no-number-projections",
]);

describe("an odd run", () => {
  it.each(allThatAreOdd)("has all its pages: %s", async (name) => {
    for (const page of await getAll(pagesOf(name))) expectStanding(page);
    for (const answer of await getAll(routesOf(name, undefined))) expectAnswer(answer);
  });
});

describe("what cannot be shown", () => {
  const refused: readonly [name: string, status: number][] = [
    ...allThatDoNotOpen.map((name) => [name, 500] as [string, number]),
    ...allThatAreNoRuns.map((name) => [name, 404] as [string, number]),
  ];
  it.each(refused)("is refused in a sentence at every address: %s", async (name, status) => {
    for (const page of await getAll(pagesOf(encodeURIComponent(name)))) {
      expect([page.address, page.status]).toEqual([page.address, status]);
      const shown = shownOf(page);
      expect(shown).toMatch(/What is wrong: .{20}/);
      expect(shown.length).toBeLessThan(1500);
      if (status === 500) expect(shown).toContain(`the run "${name}" cannot be read: run.json: `);
    }
    for (const answer of await getAll(routesOf(encodeURIComponent(name), undefined))) {
      expect(answer.status, answer.address).toBeGreaterThanOrEqual(400);
      expectAnswer(answer);
    }
  });
});

describe("beside all of these", () => {
  it("the list has every run, each with its own row", async () => {
    const { status, text } = await get("/runs");
    expect(status).toBe(200);
    const rows = new Map(
      text
        .split('data-run="')
        .slice(1)
        .map((row) => [row.split('"')[0], row.split("<li")[0] ?? ""]),
    );
    for (const { name } of allWithBrokenFile) expect(rows.get(name), name).toContain(`href="/runs/${name}/report"`);
    for (const name of allThatAreOdd) expect(rows.get(name), name).toContain(`href="/runs/${name}/report"`);
    for (const name of allThatDoNotOpen) expect(rows.get(name), name).toContain("This run cannot be shown: ");
    for (const name of ["compare", "Assignment", "...", "größe"]) expect(rows.has(name)).toBe(false);
  });

  it("the sound run's pages are what they were", async () => {
    const after = (await getAll(pagesOf("assignment"))).map(shownOf);
    expect(after).toEqual(sound);
  });
});

/** Each on the page that shows what is broken, as it stands once its scripts run. */
const diagonal: readonly [name: string, page: string][] = [
  ["cut-weights", "/chapters/the-whole-network"],
  ["no-number-weights", "/viewer"],
  ["infinite-weights", "/viewer"],
  ["model-json-huge-shape", "/grading"],
  ["no-number-steps", "/chapters/training"],
  ["negative-snapshots", "/chapters/training"],
  ["no-number-samples", "/chapters/squeeze-and-rebuild"],
  ["no-number-latents", "/chapters/the-latent-space"],
  ["no-number-errors", "/chapters/reconstructions"],
  ["no-number-projections", "/chapters/the-latent-space"],
  ["cut-projections", "/chapters/the-latent-space"],
  ["cut-activations", "/viewer"],
  ["no-steps", "/chapters/training"],
  ["picture-too-large", "/chapters/hand-it-in"],
  ["markup-in-texts", "/chapters/hand-it-in"],
  ["great-numbers", "/chapters/hand-it-in"],
  ["losses-that-are-none", "/grading"],
  ["deep", "/viewer"],
];

describe("in a browser", () => {
  it.each(diagonal)("%s stands at %s, and its console is quiet", async (name, path) => {
    const context = await openContext(desktop);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("console", (message) => {
      // The browser reports the status of a refused file or page by itself, and React what a part's boundary caught.
      const expected = /^Failed to load resource|expected a figure inside ChapterLive/;
      if (message.type() === "error" && !expected.test(message.text())) problems.push(message.text());
    });
    await page.goto(`${site.url}${path}?run=${name}`, { waitUntil: "networkidle" });
    expect(await page.locator("h1").first().innerText()).not.toContain("broke off");
    const shown = await page.locator("main").innerText();
    expect(shown.length).toBeGreaterThan(200);
    expect(/.{0,60}\b(?:NaN|undefined|Infinity)\b.{0,40}/.exec(shown)?.[0]).toBe(undefined);
    expect(problems).toEqual([]);
    await context.close();
  });
});
