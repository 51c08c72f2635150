// The pages' weight and speed in a real browser.
import { gzipSync } from "node:zlib";

/** Pages whose network comes to life by itself. */
const live = new Set(["/", "/viewer"]);

const quantile = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * part)];
const median = (numbers) => quantile(numbers, 0.5);
const ms = (value) => (value === undefined ? "–" : `${value.toFixed(value < 20 ? 1 : 0)} ms`);
const kB = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

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
    if (message.procedure === "reconstruct") asked.get(this).set(message.id, performance.now());
    return post.call(this, message, ...rest);
  };
}

async function coldLoad(browser, { url, path }) {
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
async function draw(browser, place) {
  const { page, close } = await coldLoad(browser, place);
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

/** Prints two tables: cold loads of every page, and drawing on those that have a pad. */
export async function benchPages(browser, { url, runs, pages }) {
  process.stdout.write(`${runs} cold loads a page, medians\n\n`);
  process.stdout.write(
    "| page | first contentful paint | load | first live digit | script, gzip |\n|---|--:|--:|--:|--:|\n",
  );
  for (const path of pages) {
    const found = [];
    for (let run = 0; run < runs; run++) {
      const { times, close } = await coldLoad(browser, { url, path });
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
    const waits = await draw(browser, { url, path });
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
}
