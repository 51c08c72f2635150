import { setTimeout } from "node:timers/promises";
import { CommandError } from "../../lib/process.mjs";
import { siteProcess } from "../../lib/site.mjs";
import { ask } from "./ask.mjs";
import { startWatched } from "./children.mjs";

/** How long a server may take until it answers, and until it is ready, in milliseconds. */
const patience = 300_000;

/**
 * Serves the built site as `npm start` does.
 * @returns the process, its address, and how many milliseconds after its start it gave a page, and said that all are made
 */
export async function startServer(port) {
  const { args, ...options } = siteProcess({ ...process.env, PORT: String(port), HOST: "127.0.0.1" });
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const server = startWatched(args, options);
  const until = async (path) => {
    while ((await ask(new URL(path, url))).status !== 200) {
      if (server.child.exitCode !== null || performance.now() - begun > patience) {
        const expected = `expected the site to answer ${path} at ${url} but it did not`;
        throw new CommandError(`${expected}; its log ends with:\n${server.log.join("\n")}`);
      }
      await setTimeout(25);
    }
    return performance.now() - begun;
  };
  return { server, url, answeredAfter: await until("/"), readyAfter: await until("/healthz") };
}
