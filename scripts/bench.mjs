// npm run bench -- page: how heavy and how quick the site's pages are, in a real browser, medians of several cold loads.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import chromiumBinary from "@sparticuz/chromium";
import { chromium } from "playwright-core";

const help = `Measures the site's pages in a real browser.

  npm run bench -- page [options]

The site must be served already from a production build (npm start).

Options
  --url U    where it is served; default http://localhost:3000
  --runs N   cold loads of each page; default 5
  --help     this text

Environment
  CHROME_PATH  the browser to use instead of the one that comes with npm on Linux x64`;

const paths = ["/", "/viewer", "/chapters/the-run-at-a-glance"];
/** Pages whose network comes to life by itself. */
const live = new Set(["/", "/viewer"]);

function usage(problem) {
  process.stderr.write(`error: ${problem}; npm run bench -- --help lists the options\n`);
  process.exit(2);
}

function parse() {
  const text = { type: "string" };
  try {
    return parseArgs({ options: { url: text, runs: text, help: { type: "boolean" } }, allowPositionals: true });
  } catch (error) {
    return usage(error.message.split(". ")[0]);
  }
}

const { values, positionals } = parse();
if (values.help) {
  process.stdout.write(`${help}\n`);
  process.exit(0);
}
if (positionals.length !== 1 || positionals[0] !== "page") usage(`expected "page" but got "${positionals.join(" ")}"`);
const runs = Number(values.runs ?? 5);
if (!Number.isInteger(runs) || runs < 1)
  usage(`--runs: expected a whole number of at least 1 but got "${values.runs}"`);
const url = values.url ?? "http://localhost:3000";

const quantile = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * part)];
const median = (numbers) => quantile(numbers, 0.5);
const ms = (value) => (value === undefined ? "–" : `${value.toFixed(value < 20 ? 1 : 0)} ms`);
const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

const browser = await chromium
  .launch({
    executablePath: process.env.CHROME_PATH ?? (await chromiumBinary.executablePath()),
    args: ["--no-sandbox"],
  })
  .catch((error) => {
    process.stderr.write(`error: no browser started (${error.message.split("\n")[0]}); set CHROME_PATH\n`);
    process.exit(1);
  });

/** Notes when each answer of the model worker comes, and how long its question took to answer. */
function watchWorker() {
  const log = { waits: [], first: undefined };
  window.benchLog = log;
  const asked = new Map();
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (!asked.has(this)) {
      asked.set(this, new Map());
      this.addEventListener("message", ({ data }) => {
        const begun = asked.get(this).get(data.id);
        if (begun === undefined) return;
        log.first ??= performance.now();
        log.waits.push({ waited: performance.now() - begun, computed: data.value?.milliseconds });
      });
    }
    if (message.kind === "reconstruct") asked.get(this).set(message.id, performance.now());
    return post.call(this, message, ...rest);
  };
}

async function coldLoad(path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchWorker);
  const scripts = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script" || response.url().includes("/model-worker/")) return;
    scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(new URL(path, url).href, { waitUntil: "load" });
  if (live.has(path)) await page.waitForFunction(() => window.benchLog.first !== undefined);
  await page.waitForLoadState("networkidle");
  const times = await page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    loaded: performance.getEntriesByType("navigation")[0].loadEventEnd,
    live: window.benchLog.first,
  }));
  const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  return { page, close: () => context.close(), times: { ...times, bytes } };
}

/** Draws on the page's pad for a while. @returns the waits for each of its digits */
async function draw(path) {
  const { page, close } = await coldLoad(path);
  const fold = page.getByText("change it, or draw");
  if (await fold.count()) await fold.click();
  const box = await page.getByRole("application", { name: "Drawing pad" }).boundingBox();
  await page.evaluate(() => {
    window.benchLog.waits = [];
  });
  await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.2);
  await page.mouse.down();
  for (let step = 0; step < 300; step++) {
    const turn = (step / 300) * 4 * Math.PI;
    await page.mouse.move(
      box.x + box.width * (0.5 + 0.28 * Math.sin(turn)),
      box.y + box.height * (0.5 - (0.3 - step / 3000) * Math.cos(turn)),
    );
  }
  await page.mouse.up();
  const waits = await page.evaluate(() => window.benchLog.waits);
  await close();
  return waits;
}

process.stdout.write(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}, `);
process.stdout.write(`Chromium ${browser.version()}; ${runs} cold loads a page, medians\n\n`);
process.stdout.write(
  "| page | first contentful paint | load | first live digit | script, gzip |\n|---|--:|--:|--:|--:|\n",
);
for (const path of paths) {
  const found = [];
  for (let run = 0; run < runs; run++) {
    const { times, close } = await coldLoad(path);
    found.push(times);
    await close();
  }
  const of = (key) => {
    const numbers = found.map((times) => times[key]).filter((value) => value !== undefined);
    return numbers.length > 0 ? median(numbers) : undefined;
  };
  process.stdout.write(
    `| ${path} | ${ms(of("painted"))} | ${ms(of("loaded"))} | ${ms(of("live"))} | ${kB(of("bytes"))} |\n`,
  );
}
process.stdout.write(
  "\n| drawing on | digits | computing: median | 95th percentile | question to answer: median | 95th percentile |\n",
);
process.stdout.write("|---|--:|--:|--:|--:|--:|\n");
for (const path of live) {
  const waits = await draw(path);
  const of = (key, part) =>
    ms(
      quantile(
        waits.map((wait) => wait[key]),
        part,
      ),
    );
  process.stdout.write(
    `| ${path} | ${waits.length} | ${of("computed", 0.5)} | ${of("computed", 0.95)} | ${of("waited", 0.5)} | ${of("waited", 0.95)} |\n`,
  );
}
await browser.close();
