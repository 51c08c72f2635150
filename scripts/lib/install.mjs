// Installs the dependencies when they are not those of the lock file.
import { mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CommandError, root, run, say } from "./process.mjs";

const lockPath = join(root, ".setup", "install.lock");

/** Makes node_modules what package-lock.json says, one process at a time; an installation of the user's own is as good. */
export async function ensureInstalled() {
  checkNodeVersion();
  if (isInstalled(root)) return;
  await withLock(async () => {
    if (isInstalled(root)) return; // another process did it meanwhile
    say("Installing dependencies (npm ci) …");
    const started = Date.now();
    await npmCi(root, "--include=dev");
    say(`Dependencies installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  });
}

/** Makes a folder's node_modules what its package-lock.json says, with the npm that called. @throws CommandError where it fails */
export async function npmCi(folder, ...options) {
  const npm = process.env.npm_execpath;
  const args = ["ci", ...options, "--no-audit", "--no-fund"];
  const code = npm?.endsWith(".js")
    ? await run(process.execPath, [npm, ...args], { cwd: folder })
    : await run("npm", args, { cwd: folder, shell: process.platform === "win32" });
  if (code !== 0) throw new CommandError(`npm ci failed with code ${code}; its output above says why`);
}

/** @throws CommandError when this Node is older than the project needs */
export function checkNodeVersion() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new CommandError(`expected Node 20.19 or newer but this is ${process.versions.node}; install a newer Node`);
  }
}

/** Whether all that package-lock.json wants on this platform is there, by the list that npm leaves of what it installed. */
export function isInstalled(folder) {
  try {
    const wanted = Object.entries(packagesOf(join(folder, "package-lock.json")));
    const there = packagesOf(join(folder, "node_modules", ".package-lock.json"));
    return wanted.every(([path, entry]) => path === "" || isThere(entry, there[path]));
  } catch (error) {
    if (error.code === "ENOENT" || error instanceof SyntaxError) return false;
    throw error;
  }
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

function isThere(wanted, found) {
  if (found) return found.version === wanted.version && found.integrity === wanted.integrity;
  return Boolean(wanted.optional) && !isForHere(wanted);
}

/** Whether a package is built for this platform. Those that name none are fallbacks, and may be missing. */
function isForHere({ os, cpu, libc }) {
  const allows = (list, value) => !list || list.includes(value);
  if (!os || !allows(os, process.platform) || !allows(cpu, process.arch)) return false;
  return !libc || allows(libc, libcHere());
}

/** The C library of a Linux: its packages come in two kinds. */
export function libcHere() {
  process.report.excludeNetwork = true; // a report that asks for host names takes seconds
  return process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
}

async function withLock(work) {
  mkdirSync(join(root, ".setup"), { recursive: true });
  let told = false;
  for (;;) {
    try {
      writeSync(openSync(lockPath, "wx"), String(process.pid));
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!holderRuns()) rmSync(lockPath, { force: true });
      else if (!told) {
        say("Waiting for another installation to end …");
        told = true;
      }
      await setTimeout(250);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lockPath, { force: true });
  }
}

function holderRuns() {
  try {
    const holder = Number(readFileSync(lockPath, "utf8"));
    if (!holder) return true; // it is being written
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
