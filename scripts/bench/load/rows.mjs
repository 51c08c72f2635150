import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";
import { say } from "../../lib/process.mjs";
import { busySeconds } from "./machine.mjs";
import { short } from "./report.mjs";

/**
 * Measures rows one after the other.
 * @param serverNow the watched process that serves at present; undefined where it is not the bench's own
 */
export function rowKeeper(serverNow) {
  const rows = {};

  /** What the server and the machine have taken so far. */
  async function taken() {
    const server = serverNow();
    const { user, system } = process.cpuUsage();
    const figures = await server?.figures();
    const cpu = (user + system) / 1e6 + (figures?.cpu ?? 0);
    return { server, figures, cpu, busy: busySeconds(), at: performance.now() };
  }

  const settled = async () => (await serverNow()?.figures({ collect: true }))?.rss;

  /**
   * Runs `work`, whose outcome becomes a row, and adds what was taken meanwhile.
   * @param options.settle collects garbage before and after: `grown` is by how many bytes the server's memory did
   */
  async function row(name, what, work, { settle = false } = {}) {
    say(`   ${what.replaceAll("`", "")} …`);
    await idle(serverNow());
    const small = settle ? await settled() : undefined;
    const before = await taken();
    const outcome = await work();
    const after = await taken();
    const grown = small === undefined ? undefined : (await settled()) - small;
    rows[name] = { what, ...outcome, grown, ...meanwhile(before, after, outcome.cpu) };
    say(`   ${summary(rows[name])}`);
  }

  return { rows, row };
}

/** Waits until a server has done what was left of the row before: pages for readers who have gone, and what it keeps. */
async function idle(server) {
  if (!server) return;
  let before = await server.figures();
  for (let looks = 0, still = 0; looks < 120 && still < 2; looks++) {
    await setTimeout(250);
    const now = await server.figures();
    still = now.cpu - before.cpu < 0.025 ? still + 1 : 0;
    before = now;
  }
}

/** What a row took of server and machine; nothing where the server is another than before, or not the bench's own. */
function meanwhile(before, after, generatorCpu = 0) {
  if (!before.figures || before.server !== after.server) return {};
  const seconds = (after.at - before.at) / 1000;
  const { loop, rss } = after.figures;
  const cpu = after.figures.cpu - before.figures.cpu;
  const elsewhere = after.busy - before.busy - (after.cpu - before.cpu) - generatorCpu;
  return {
    server: { loop, rss, cpu },
    /** The share of the machine that other programs took. */
    elsewhere: Math.max(0, elsewhere) / (seconds * cpus().length),
  };
}

function summary({ rate, p50, p99, failed, grown, server }) {
  return [
    ...(rate === undefined ? [] : [`${short(rate)} answers/s`]),
    `median ${short(p50)} ms, p99 ${short(p99)} ms, ${failed} failed`,
    ...(server ? [`longest block ${short(server.loop.block)} ms`] : []),
    ...(grown === undefined ? [] : [`memory ${grown < 0 ? "−" : "+"}${Math.round(Math.abs(grown) / 1e6)} MB`]),
  ].join("; ");
}
