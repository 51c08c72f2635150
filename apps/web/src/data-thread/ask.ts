import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { refuse } from "../server/answers.ts";
import { dependOn } from "../server/dependencies.ts";
import { Connection } from "./connection.ts";
import type { Outcome, Question, RouteAnswer, RouteName } from "./messages.ts";
import { errorOf } from "./refusal.ts";

/**
 * Whatever the server reads and computes is asked here. A server that readers use leaves it to the data thread, so that its
 * own event loop only renders and answers; in development and in tests it is done in place, where changes are seen at once.
 */

/** Megabytes of JavaScript values that the thread may hold; pictures and tensors, which are buffers, do not count. */
const heapLimit = 512;

/** What a procedure answers. @throws TRPCError */
export async function askProcedure(procedure: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
  const outcome = await ask({ procedure, input }, signal);
  if (outcome.ok) return outcome.value;
  throw errorOf(outcome.refusal);
}

/** What a route answers. @param path the parts of the address behind the route's own name */
export async function askRoute(route: RouteName, path: readonly string[], asked: Request): Promise<Response> {
  const { url, method, headers, signal } = asked;
  const outcome = await ask({ route, path, request: { url, method, headers: [...headers] } }, signal);
  if (!outcome.ok) return refuse(signal.aborted ? 499 : 503, outcome.refusal.sentence);
  const { status, headers: answered, body } = outcome.value as RouteAnswer;
  return new Response(body, { status, headers: answered });
}

async function ask(question: Question, signal: AbortSignal | undefined): Promise<Outcome> {
  const outcome = await outcomeOf(question, signal);
  outcome.dependencies.forEach(dependOn);
  return outcome;
}

async function outcomeOf(question: Question, signal: AbortSignal | undefined): Promise<Outcome> {
  if (process.env.NODE_ENV === "production") return connection().ask(question, signal);
  // Not imported in a production build: nothing there can be computed on the event loop by mistake.
  const [{ answer }, { outcomeOf }] = await Promise.all([import("./answer.ts"), import("./serve.ts")]);
  return outcomeOf(() => answer(question, signal));
}

declare global {
  /** One for the process: pages and routes are bundled apart, each with a copy of this module. */
  var autoencoderData: Connection | undefined;
}

function connection(): Connection {
  globalThis.autoencoderData ??= new Connection(startThread);
  return globalThis.autoencoderData;
}

function startThread(): Worker {
  const program = join(/* turbopackIgnore: true */ process.cwd(), ".server", "data-thread.mjs");
  const thread = new Worker(/* turbopackIgnore: true */ program, {
    name: "data",
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
  });
  thread.unref(); // a server that is told to stop does not wait for it
  return thread;
}
