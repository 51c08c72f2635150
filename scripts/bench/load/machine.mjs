import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";
import { root } from "../../lib/process.mjs";

/** What was measured, and on what: the line over the tables. */
export function circumstances() {
  const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  let commit = "";
  try {
    commit = `, commit ${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "-uno") ? " with changes" : ""}`;
  } catch {} // a copy without git
  const cores = cpus();
  return `${new Date().toISOString().slice(0, 10)}, ${cores[0]?.model.trim()}, ${cores.length} cores, Node ${process.version}${commit}`;
}

/** Seconds that all cores have computed so far, for whichever program. */
export function busySeconds() {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + (user + nice + sys + irq) / 1000, 0);
}

/** The share of the machine that is taken while the bench does nothing. */
export async function calm(seconds) {
  const before = busySeconds();
  await setTimeout(seconds * 1000);
  return Math.min(1, (busySeconds() - before) / (seconds * cpus().length));
}
