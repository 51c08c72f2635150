import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { quantile } from "./arithmetic.mjs";

/**
 * One request, the answer read to its end.
 * @param {string | URL} url
 * @param {import("node:http").RequestOptions & { body?: string }} [options] `timeout` in milliseconds, for the whole of it
 * @returns `status` or, without a whole answer, `failure`:
 *   `refused`, nobody listens; `reused`, a kept connection closed before the answer began, where a browser asks again;
 *   `timeout`; `broken`, all else
 */
export function ask(url, { agent, headers = {}, method = "GET", body, timeout = 10_000 } = {}) {
  const begun = performance.now();
  return new Promise((resolve) => {
    const end = (what) => resolve({ ms: performance.now() - begun, ...what });
    const asked = request(url, { agent, headers, method, signal: AbortSignal.timeout(timeout) }, (answer) => {
      let bytes = 0;
      answer.on("data", (part) => {
        bytes += part.length;
      });
      answer.on("end", () => end({ status: answer.statusCode, bytes }));
      answer.on("error", (error) => end({ failure: failureOf(error, false) }));
    });
    asked.on("error", (error) => end({ failure: failureOf(error, asked.reusedSocket) }));
    asked.end(body);
  });
}

function failureOf(error, reused) {
  if (error.name === "TimeoutError" || error.cause?.name === "TimeoutError") return "timeout";
  if (error.code === "ECONNREFUSED") return "refused";
  return reused && ["ECONNRESET", "EPIPE"].includes(error.code) ? "reused" : "broken";
}

/**
 * Asks at even intervals, whether or not the answers keep up, so that a slow answer delays nobody's question. A latency
 * begins when its question is due: waiting for one of the connections counts.
 * @returns latencies in milliseconds, what failed
 */
export async function askEvenly(url, { connections, rate, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begun = performance.now();
  const questions = Array.from({ length: rate * seconds }, async (_, at) => {
    const due = begun + (at * 1000) / rate;
    await setTimeout(Math.max(0, due - performance.now()));
    const answer = await ask(url, { agent, timeout: 30_000 });
    return { ...answer, ms: performance.now() - due };
  });
  const answers = await Promise.all(questions);
  agent.destroy();
  const waits = answers.map(({ ms }) => ms);
  return {
    answered: answers.length,
    rate: answers.length / ((performance.now() - begun) / 1000),
    ...{ p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), longest: Math.max(...waits) },
    failed: answers.filter(({ status }) => !(status < 400)).length,
  };
}
