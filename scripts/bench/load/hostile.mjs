import { Agent } from "node:http";
import { quantile, tally } from "./arithmetic.mjs";
import { ask } from "./ask.mjs";

/** Batches that no page sends, each kind with its own size: more questions than allowed, longer ones, broken ones. */
export function hostileBatches(run, count) {
  const digits = { name: run, label: 3, order: "best", page: 0 };
  const of = (procedures, input) => {
    const text = typeof input === "string" ? input : JSON.stringify(input);
    return { path: `/api/trpc/${procedures.join(",")}?batch=1&input=${encodeURIComponent(text)}` };
  };
  const times = (number, procedure) => Array(number).fill(procedure);
  const each = (number, input) => Object.fromEntries(times(number, input).map((same, at) => [at, same]));
  const kinds = [
    // Too many: up to what fits in the 16 kB that Node reads of a request's head.
    (size) => of(times([9, 50, 200, 700, 1400][size], "testDigits"), "{}"),
    (size) => of(times([9, 20, 40, 60, 90][size], "testPca"), each([9, 20, 40, 60, 90][size], { name: run })),
    // Too long: around the longest that is answered, and beyond what Node reads.
    (size) => of(["neighbours"], each(1, { name: run, latent: Array([500, 1024, 1025, 4000, 20_000][size]).fill(0) })),
    (size) => of(["testDigits"], each(1, { ...digits, name: "a".repeat([300, 3000, 8000, 13_000, 60_000][size]) })),
    // As costly as is allowed: a whole batch of the slowest questions, of several runs.
    (size) =>
      of(times(8, ["sameClassNeighbours", "testPca"][size % 2]), each(8, { name: size < 2 ? run : `${run}-${size}` })),
    // Broken: no JSON, no such procedure, wrong types, names of other folders, prototypes, a body.
    (size) => of(times(8, "testDigits"), ["{", "[]", '{"0":', "null", '"\\ud800"'][size]),
    (size) => of([["nothing", "__proto__", "constructor", "runs.list", "testDigits/../.."][size]], each(1, digits)),
    (size) => of(["testDigits"], each(1, { ...digits, page: [-1, 1e9, 0.5, "0", null][size] })),
    (size) => of(["testPca"], each(1, { name: ["../..", "%2e%2e", "", "\u0000", "__proto__"][size] })),
    (size) => ({
      ...of(times(8, "testDigits"), ""),
      method: ["POST", "PUT", "DELETE", "POST", "PATCH"][size],
      body: JSON.stringify(each(1000 * (size + 1), digits)),
    }),
  ];
  return Array.from({ length: count }, (_, at) => kinds[at % kinds.length](Math.floor(at / kinds.length) % 5));
}

/** Sends batches by some connections. @returns latencies, statuses, and how many had no answer or the server's own failure */
export async function sendBatches(url, batches, connections = 10) {
  const agent = new Agent({ keepAlive: true });
  const left = [...batches];
  const answers = [];
  const send = async () => {
    for (let batch = left.shift(); batch; batch = left.shift()) {
      const { path, ...options } = batch;
      answers.push(await ask(new URL(path, url), { agent, timeout: 60_000, ...options }));
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
  agent.destroy();
  const waits = answers.map(({ ms }) => ms);
  return {
    answered: answers.filter(({ status }) => status).length,
    ...{ p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), longest: Math.max(...waits) },
    // `reused` is the server's right: it may close on a body that it does not want, before all of it has come.
    failed: answers.filter(({ status, failure }) => failure !== "reused" && !(status < 500)).length,
    outcomes: Object.fromEntries(tally(answers.map(({ status, failure }) => failure ?? status))),
  };
}
