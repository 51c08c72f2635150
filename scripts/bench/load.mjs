// npm run bench -- load: what the served site bears, and what its process takes.
import { ensureInstalled } from "../lib/install.mjs";
import { freePort } from "../lib/ports.mjs";
import { say } from "../lib/process.mjs";
import { buildSite, requireFreePort } from "../lib/site.mjs";
import { addressesOf } from "./load/addresses.mjs";
import { endAll } from "./load/children.mjs";
import { calm, circumstances } from "./load/machine.mjs";
import { loadHelp, parseLoad } from "./load/options.mjs";
import { figuresOf, tables } from "./load/report.mjs";
import { rowKeeper } from "./load/rows.mjs";
import { startServer } from "./load/server.mjs";
import { runStages, sizes } from "./load/stages.mjs";

/** The share of the machine that other programs may take before figures are doubtful. */
const busyFrom = 0.1;

/** Runs the stages that the command line asks for and prints what they found. @returns the exit code */
export async function benchLoad(args) {
  const { help, quick, json, assert, ...asked } = parseLoad(args);
  if (help) {
    process.stdout.write(`${loadHelp}\n`);
    return 0;
  }
  try {
    return await bench(asked, { quick, json, assert });
  } finally {
    endAll();
  }
}

async function bench(asked, { quick, json, assert }) {
  if (asked.port) await requireFreePort({ port: asked.port, host: "127.0.0.1" }, (free) => `--port ${free}`);
  await ensureInstalled();
  if (!asked.url) await buildSite(["inherit", process.stderr, process.stderr]);
  endOnSignals(); // from here on: what installs and builds ends by itself
  const before = await calm(quick ? 0.5 : 2);
  const busy = before > busyFrom && `other programs took ${Math.round(before * 100)} % of the machine before it began`;
  if (busy) say(`warning: ${busy}; the figures are worse for it`);
  say("Generator and server share the machine's cores.");
  const { rows, failures } = await measure(asked, quick ? sizes.quick : sizes.full);
  const figures = figuresOf(rows);
  const head = [circumstances(), ...(quick ? ["--quick"] : []), ...(busy ? [busy] : [])].join("; ");
  const report = json
    ? JSON.stringify({ circumstances: head, rows, figures }, undefined, 2)
    : `${head}\n\n${tables(rows, figures)}`;
  process.stdout.write(`${report}\n`);
  for (const failure of failures) say(`error: ${failure}`);
  return failures.length > 0 || (assert && figures.some(({ reached }) => !reached)) ? 1 : 0;
}

/** @returns what was measured, by the rows' names, and what kept stages from their end */
async function measure({ url: given, port: wanted, names }, size) {
  if (given) return measureAt({ url: given, size, names });
  const port = wanted || (await freePort());
  let { server, url } = await startServer(port);
  const restartServer = async () => {
    const stopped = await server.stop();
    const started = await startServer(port);
    server = started.server;
    return { stopped, answeredAfter: started.answeredAfter, readyAfter: started.readyAfter };
  };
  const measured = await measureAt({ url, size, names, restartServer, serverNow: () => server });
  await server.stop();
  return measured;
}

async function measureAt({ url, size, names, restartServer, serverNow = () => undefined }) {
  const { rows, row } = rowKeeper(serverNow);
  const failures = await runStages(names, { url, size, row, restartServer, addresses: await addressesOf(url) });
  return { rows, failures };
}

/**
 * Ends on Ctrl-C and SIGTERM, and when npm is gone, whose shell may end without passing a signal on. What was started ends
 * with this process (load/children.mjs).
 */
function endOnSignals() {
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  setInterval(() => process.ppid !== parent && process.exit(143), 500).unref();
}
