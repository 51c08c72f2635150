// What is in the project's folder: dependencies, build, browser, and what the trainer knows of engines, digits and runs.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isInstalled } from "../lib/install.mjs";
import { root } from "../lib/process.mjs";
import { fail, fromSentence, note, ok } from "./finding.mjs";

const web = join(root, "apps", "web");

export function installed() {
  if (isInstalled(root)) return ok("dependencies", "installed as package-lock.json says");
  const found = existsSync(join(root, "node_modules")) ? "others than package-lock.json says" : "not installed";
  return fail("dependencies", found, "npm ci (npm start does it too)");
}

/** Whether there is a build of the site that is younger than all that it was made of. `npm start` builds in any case. */
export function build() {
  const id = join(web, ".next", "BUILD_ID");
  if (!existsSync(id)) return note("build", "there is none yet", "npm start builds the site");
  const { worker } = JSON.parse(readFileSync(join(web, "public", "model-worker", "address.json"), "utf8"));
  if (!existsSync(join(web, "public", worker)))
    return note("build", "its worker is missing", "npm start builds it again");
  const built = statSync(id).mtimeMs;
  if (!existsSync(join(web, ".server", "main.mjs"))) {
    return note("build", "its server is missing", "npm start builds it again");
  }
  const sources = [
    "apps/web/server",
    "apps/web/src",
    "apps/web/content",
    "packages/model/src",
    "packages/data/src",
    "packages/ui/src",
  ];
  const newer = sources.find((source) => newest(join(root, source)) > built);
  return newer
    ? note("build", `older than ${newer}`, "npm start builds it again")
    : ok("build", "newer than its sources");
}

/** When the youngest file of a folder was written, tests left out. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return Math.max(latest, newest(path));
    return /\.test\.tsx?$/.test(entry.name) ? latest : Math.max(latest, statSync(path).mtimeMs);
  }, 0);
}

/** The browser of the tests, started as they start it (tests/browser/browser.ts). */
export async function browser() {
  const { chromium } = await import("playwright-core");
  try {
    const started = await chromium.launch(await browserOptions(chromium));
    const version = started.version();
    await started.close();
    return ok("browser for tests", version);
  } catch (error) {
    const lines = String(error.message).split("\n");
    const said = lines.find((line) => /error while loading|executable doesn't exist|not found/i.test(line)) ?? lines[0];
    const next = "install Chrome, run npx playwright-core install chromium, or set CHROME_PATH; only tests need it";
    return note("browser for tests", `it does not start: ${withoutPaths(said)}`, next);
  }
}

async function browserOptions(chromium) {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) return { executablePath: CHROME_PATH, args: ["--no-sandbox"] };
  if (process.platform === "linux" && process.arch === "x64") {
    const { default: bundled } = await import("@sparticuz/chromium");
    return { executablePath: await bundled.executablePath(), args: ["--no-sandbox"] };
  }
  return existsSync(chromium.executablePath()) ? {} : { channel: "chrome" };
}

/** A message with the names of files in place of their paths on this machine. */
function withoutPaths(message) {
  return message.trim().replaceAll(/(?:[A-Za-z]:)?(?:[\\/][\w.@+-]+)+[\\/]/g, "");
}

/** What the trainer finds of its engines, MNIST and the runs: a program of its own, since it is TypeScript. */
export async function fromTrainer() {
  const { code, output, errors } = await runTypeScript("apps/trainer/src/doctor/cli.ts");
  if (code === 0) return JSON.parse(output);
  const said = errors.split("\n").find((line) => /^\w*Error/.test(line)) ?? `it ended with code ${code}`;
  return fromSentence(fail, "trainer", `it does not start: ${withoutPaths(said)}; npm ci`);
}

function runTypeScript(path) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", path], { cwd: root, timeout: 120_000 });
    const [output, errors] = [[], []];
    child.stdout.on("data", (bytes) => output.push(bytes));
    child.stderr.on("data", (bytes) => errors.push(bytes));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output: textOf(output), errors: textOf(errors) }));
  });
}

const textOf = (chunks) => Buffer.concat(chunks).toString("utf8");
