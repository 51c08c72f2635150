// Installs the dependencies when they are not those of the lock file and of this Node version.
import { createHash } from "node:crypto";
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CommandError, root, run, say } from "./process.mjs";

const stampPath = join(root, "node_modules", ".install-stamp");
const lockPath = join(root, ".setup", "install.lock");

/** Makes node_modules what package-lock.json says, once for each lock file and Node version, one process at a time. */
export async function ensureInstalled() {
  checkNodeVersion();
  if (isInstalled()) return;
  await withLock(async () => {
    if (isInstalled()) return; // another process did it meanwhile
    say("Installing dependencies (npm ci) …");
    const started = Date.now();
    const npm = process.env.npm_execpath;
    const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
    const code = npm?.endsWith(".js")
      ? await run(process.execPath, [npm, ...args])
      : await run("npm", args, { shell: process.platform === "win32" });
    if (code !== 0) throw new CommandError(`npm ci failed with code ${code}; its output above says why`);
    writeFileSync(stampPath, stamp());
    say(`Dependencies installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  });
}

function checkNodeVersion() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new CommandError(`expected Node 20.19 or newer but this is ${process.versions.node}; install a newer Node`);
  }
}

function stamp() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return createHash("sha256").update(lock).update(process.versions.node).update(process.platform).digest("hex");
}

function isInstalled() {
  try {
    return readFileSync(stampPath, "utf8") === stamp();
  } catch {
    return false;
  }
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
