import { CommandError } from "../../lib/process.mjs";
import { start } from "./children.mjs";

const generator = new URL("./generator.mjs", import.meta.url);

/**
 * Asks as fast as the answers come, each connection one request after the other.
 * @param options.paths what is asked for in turn: addresses below `url`, or `{ path, headers }`
 * @param options.seconds how long; with `amount` the longest that so many requests may take
 * @returns answers, rate a second, latencies in milliseconds, what failed: no answer, an answer from 400 on
 */
export async function generate({ url, paths, connections, seconds, amount, onProgress = () => {} }) {
  const { child, log, ended } = start([generator]);
  let outcome;
  child.on("message", (message) => {
    if (message.outcome) outcome = message.outcome;
    else onProgress(message.answered);
  });
  child.send({
    url,
    connections,
    requests: paths.map((path) => (typeof path === "string" ? { path } : path)),
    rotate: paths.length > 1,
    duration: seconds,
    bound: seconds + 1, // its own clock looks only every so often
    ...(amount && { amount }),
    timeout: 10,
  });
  const how = await ended;
  if (!outcome) {
    throw new CommandError(`the load generator ended (${how}) without figures; its log ends with:\n${log.join("\n")}`);
  }
  // Nothing answered: no latency is good enough. JSON, which the processes speak, has no infinity.
  const waits = outcome.answered === 0 ? { p50: Infinity, p99: Infinity, longest: Infinity } : {};
  return { ...outcome, ...waits };
}
