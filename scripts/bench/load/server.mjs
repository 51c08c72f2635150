import { setTimeout } from "node:timers/promises";
import { CommandError } from "../../lib/process.mjs";
import { siteProcess } from "../../lib/site.mjs";
import { ask } from "./ask.mjs";
import { startWatched } from "./children.mjs";

/** How long a server may take until it answers, in milliseconds. */
const patience = 60_000;

/** Serves the built site as `npm start` does. @returns the process, its address, and the milliseconds until it answered */
export async function startServer(port) {
  const { args, ...options } = siteProcess({ ...process.env, PORT: String(port), HOST: "127.0.0.1" });
  const begun = performance.now();
  const server = startWatched(args, options);
  const url = `http://127.0.0.1:${port}`;
  while (performance.now() - begun < patience) {
    if ((await ask(url)).status === 200) return { server, url, ms: performance.now() - begun };
    if (server.child.exitCode !== null) break;
    await setTimeout(25);
  }
  throw new CommandError(
    `expected the site to answer at ${url} but it did not; its log ends with:\n${server.log.join("\n")}`,
  );
}
