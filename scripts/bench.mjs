// npm run bench -- page | lighthouse | train: how heavy and how quick the site's pages are, in a real browser; how fast it trains.
import { createServer } from "node:net";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import chromiumBinary from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import { benchLighthouse } from "./bench/lighthouse.mjs";
import { benchPages } from "./bench/page.mjs";
import { benchTraining } from "./bench/train.mjs";
import { command } from "./lib/process.mjs";

const help = `Measures the site's pages in a real browser, or the native engine's training step beside Keras's.

  npm run bench -- page [options]         bytes and times of cold loads, and of drawing
  npm run bench -- lighthouse [options]   Lighthouse's scores, desktop and mobile preset
  npm run bench -- train [--runs N]       milliseconds of a training step; after npm run native

For the pages the site must be served already from a production build (npm start).

Options
  --url U    where it is served; default http://localhost:3000
  --runs N   cold loads, or audits, of each page, or rounds; default 5
  --help     this text

Environment
  CHROME_PATH  the browser to use instead of the one that comes with npm on Linux x64`;

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

/** A port that is free now; Lighthouse talks to the browser over it. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const { values, positionals } = parse();
if (values.help) {
  process.stdout.write(`${help}\n`);
  process.exit(0);
}
const [what] = positionals;
if (positionals.length !== 1 || !["page", "lighthouse", "train"].includes(what)) {
  usage(`expected "page", "lighthouse" or "train" but got "${positionals.join(" ")}"`);
}
const runs = Number(values.runs ?? 5);
if (!Number.isInteger(runs) || runs < 1)
  usage(`--runs: expected a whole number of at least 1 but got "${values.runs}"`);
if (what === "train") {
  process.stdout.write(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}, `);
  await command(() => benchTraining(runs));
  process.exit();
}
const url = values.url ?? "http://localhost:3000";
if (!(await fetch(url).catch(() => undefined))?.ok) {
  process.stderr.write(`error: expected the site at ${url} but nothing answers there; start it with npm start\n`);
  process.exit(1);
}
const port = await freePort();
const browser = await chromium
  .launch({
    executablePath: process.env.CHROME_PATH ?? (await chromiumBinary.executablePath()),
    args: ["--no-sandbox", `--remote-debugging-port=${port}`],
  })
  .catch((error) => {
    process.stderr.write(`error: no browser started (${error.message.split("\n")[0]}); set CHROME_PATH\n`);
    process.exit(1);
  });
process.stdout.write(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}, `);
process.stdout.write(`Chromium ${browser.version()}; `);
if (what === "page") await benchPages(browser, { url, runs });
else await benchLighthouse({ url, runs, port });
await browser.close();
