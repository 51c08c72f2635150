import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mnistChecksums } from "@autoencoder/data";
import { parseRun, type Run } from "@autoencoder/model/run";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { chapters } from "../../apps/web/content/chapters.ts";
import { pages } from "../../apps/web/src/features/shell/pages.ts";
import { drawnAddress, fileAddress } from "../../apps/web/src/shared/run-addresses.ts";
import { buildSite, serveSite } from "../browser/serve.ts";
import { artifacts } from "../fixtures/committed-runs.ts";

/**
 * How long each page and each answer, asked alone, keeps the site's server from everything else. The server has rendered
 * its pages once, without any run; then the runs are laid there, and nothing is known of them.
 */

/** Other programs and the collector of garbage take their time at random: of several servers the least counts. */
const tries = 3;
/** Milliseconds that one thing may hold the event loop. A page's rendering is React's, and cannot be cut into pieces. */
const most = { page: 100, other: 50 };

interface Asked {
  address: string;
  kind: keyof typeof most;
}
interface Held {
  address: string;
  status: number;
  delay: number;
  block: number;
}

/** One that learned and one that collapsed. */
const [learned, collapsed] = ["assignment", "assignment-literal"].map((name) =>
  parseRun(readFileSync(join(artifacts, name, "run.json"), "utf8")),
) as [Run, Run];

const folder = mkdtempSync(join(tmpdir(), "event-loop-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let servers: Held[][];
beforeAll(async () => {
  await buildSite();
  servers = [];
  // The same order each time: what only the first of some addresses has to do is seen at the same one.
  while (servers.length < tries) servers.push(await askAll(join(folder, `${servers.length}`)));
}, 900_000);

it(`a page holds the event loop at most ${most.page} ms, anything else ${most.other} ms`, () => {
  const rows = addresses.map(({ address, kind }, at) => {
    const held = servers.map((server) => server[at] as Held);
    expect(held.map((one) => [one.address, one.status])).toEqual(held.map(() => [address, 200]));
    const least = (of: "delay" | "block") => Math.round(Math.min(...held.map((one) => one[of])));
    return { address: inShort(address), kind, block: least("block"), delay: least("delay") };
  });
  console.table(rows);
  expect(rows.filter(({ kind, block }) => block > most[kind])).toEqual([]);
});

const addresses: readonly Asked[] = [
  ...pages.map(({ href }) => page(href)),
  ...[learned, collapsed].flatMap((run) => [
    ...["/viewer", "/grading", "/teach/questions"].map((path) => page(`${path}?run=${run.name}`)),
    ...chapters.map(({ slug }) => page(`/chapters/${slug}?run=${run.name}`)),
    page(`/runs/${run.name}/report`),
    ...[...procedures(run), ...drawings(run), ...files(run)].map(other),
  ]),
  ...numbers().map(other),
];

function page(address: string): Asked {
  return { address, kind: "page" };
}
function other(address: string): Asked {
  return { address, kind: "other" };
}

function procedures({ name }: Run): string[] {
  const inputs = {
    testDigits: { name, label: 3, order: "worst", page: 0 },
    neighbours: { name, latent: Array(64).fill(0.5) },
    sameClassNeighbours: { name },
    testPca: { name },
  };
  return Object.entries(inputs).map(
    ([procedure, input]) => `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
  );
}

function drawings(run: Run): string[] {
  const drawings = ["samples.png", "ten.png", "7/icon.png", "7/strip.png", "8/conv2d_1.png", "9/latent_vector.png"];
  const numbers = ["snapshots/0.png", "latents/plane", "latents/factor"];
  return [...drawings, ...numbers].map((drawing) => `${drawnAddress(run)}/${drawing}`);
}

function files(run: Run): string[] {
  const some = ["page/encoder/weights.bin", "autoencoder_model.keras", "loss_curve.svg"];
  return [`/files/${run.name}/run.json`, ...some.map((path) => fileAddress(run, path))];
}

function numbers(): string[] {
  const [test, train] = ["t10k-images-idx3-ubyte", "train-images-idx3-ubyte"].map((name) => mnistChecksums[name]);
  return [`/data/${test}/test/0-1000`, `/data/${test}/test/0-10000/labels`, `/data/${train}/validation/0-1000`];
}

/** What a fresh server says of each address, in their order. */
async function askAll(own: string): Promise<Held[]> {
  const [runs, report] = [`${own}-runs`, `${own}.jsonl`];
  writeFileSync(report, "");
  const preload = join(import.meta.dirname, "..", "fixtures", "watch-loop.mjs");
  const site = await serveSite({ RUNS_DIR: runs, LOOP_REPORT: report, NODE_OPTIONS: `--import ${preload}` });
  try {
    for (const { address, kind } of addresses) if (kind === "page") await ask(site.url, address, report);
    symlinkSync(artifacts, runs);
    const held: Held[] = [];
    for (const { address } of addresses) held.push(await ask(site.url, address, report));
    return held;
  } finally {
    site.stop();
  }
}

/** Asks for something, and gives what the watcher says of it a moment after the answer. */
async function ask(url: string, address: string, report: string): Promise<Held> {
  const before = linesOf(report).length;
  await (await fetch(url + address)).arrayBuffer();
  const said = () =>
    linesOf(report)
      .slice(before)
      .find((line) => line.address === address);
  return vi.waitUntil(said, { interval: 10, timeout: 60_000 });
}

function linesOf(report: string): Held[] {
  return readFileSync(report, "utf8")
    .split("\n")
    .slice(0, -1) // the last one is being written
    .map((line) => JSON.parse(line));
}

/** Hashes and inputs say nothing here. */
function inShort(address: string): string {
  return address.replaceAll(/[0-9a-f]{64,}/g, "…").replace(/input=.*/, "input=…");
}
