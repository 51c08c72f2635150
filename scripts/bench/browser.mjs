// npm run bench -- page | lighthouse | in-page: how heavy and how quick the site's pages are, and their trainings, in a real browser.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import chromiumBinary from "@sparticuz/chromium";
import { chromium } from "playwright-core";
import { freePort } from "../lib/ports.mjs";
import { CommandError } from "../lib/process.mjs";
import { benchInPage } from "./in-page.mjs";
import { benchLighthouse, presets } from "./lighthouse.mjs";
import { benchPages } from "./page.mjs";
import { pages as all } from "./pages.mjs";

/** Measures as the command line says. @throws CommandError */
export async function benchBrowser(args) {
  const { what, url, runs, presets, pages } = parse(args);
  if (!(await fetch(url).catch(() => undefined))?.ok) {
    throw new CommandError(`expected the site at ${url} but nothing answers there; start it with npm start`);
  }
  const port = await freePort();
  const browser = await launch(port);
  process.stdout.write(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}, `);
  process.stdout.write(`Chromium ${browser.version()}; `);
  if (what === "page") await benchPages(browser, { url, runs, pages });
  else if (what === "in-page") await benchInPage(browser, { url, runs });
  else await benchLighthouse({ url, runs, port, presets, pages });
  await browser.close();
}

function parse(args) {
  const text = { type: "string" };
  let parsed;
  try {
    parsed = parseArgs({ args, options: { url: text, runs: text, preset: text, only: text }, allowPositionals: true });
  } catch (error) {
    throw wrong(error.message.split(". ")[0]);
  }
  const { values, positionals } = parsed;
  const [what] = positionals;
  if (positionals.length !== 1 || !["page", "lighthouse", "in-page"].includes(what)) {
    throw wrong(`expected "page", "lighthouse", "in-page", "load" or "train" but got "${positionals.join(" ")}"`);
  }
  const runs = Number(values.runs ?? 5);
  if (!Number.isInteger(runs) || runs < 1) {
    throw wrong(`--runs: expected a whole number of at least 1 but got "${values.runs}"`);
  }
  const pages = values.only === undefined ? all : values.only.split(",");
  const unknown = pages.find((path) => !all.includes(path));
  if (unknown !== undefined) throw wrong(`--only: expected some of ${all.join(", ")} but got "${unknown}"`);
  const { preset } = values;
  if (preset !== undefined && (what !== "lighthouse" || !presets.includes(preset))) {
    throw wrong(`--preset: expected desktop or mobile, for lighthouse, but got "${preset}"`);
  }
  return { what, runs, url: values.url ?? "http://localhost:3000", presets: preset ? [preset] : presets, pages };
}

function wrong(problem) {
  return new CommandError(`${problem}; npm run bench -- --help lists the options`, 2);
}

/** @param port where Lighthouse talks to the browser */
async function launch(port) {
  try {
    return await chromium.launch({
      executablePath: process.env.CHROME_PATH ?? (await chromiumBinary.executablePath()),
      args: ["--no-sandbox", `--remote-debugging-port=${port}`],
    });
  } catch (error) {
    throw new CommandError(`no browser started (${error.message.split("\n")[0]}); set CHROME_PATH`);
  }
}
