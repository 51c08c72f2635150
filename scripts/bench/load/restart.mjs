import { Agent } from "node:http";
import { setTimeout } from "node:timers/promises";
import { quantile, tally } from "./arithmetic.mjs";
import { ask } from "./ask.mjs";

/**
 * Stops a server with SIGTERM and starts it again while it is asked.
 * @param restart stops and starts: how the stop went, and how long the start took
 * @param options.seconds how long it is asked before the stop and after the start
 */
export async function restartUnderLoad(url, restart, { connections, seconds }) {
  const agent = new Agent({ keepAlive: true });
  const answers = [];
  let over = false;
  const keepAsking = async () => {
    while (!over) {
      const answer = await ask(url, { agent });
      answers.push(answer);
      if (answer.failure) await setTimeout(50); // nobody listens: no use in asking at once
    }
  };
  const asking = Array.from({ length: connections }, keepAsking);
  await setTimeout(seconds * 1000);
  const told = await restart();
  await setTimeout(seconds * 1000);
  over = true;
  await Promise.all(asking);
  agent.destroy();
  const waits = answers.filter(({ status }) => status).map(({ ms }) => ms);
  return {
    answered: waits.length,
    ...{ p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), longest: Math.max(...waits) },
    failed: answers.filter(({ status, failure }) => (failure ? failure !== "refused" : status >= 400)).length,
    outcomes: Object.fromEntries(tally(answers.map(({ status, failure }) => failure ?? status))),
    ...told,
  };
}
