import { dependOn } from "../server/dependencies.ts";
import { dataThread } from "./data-thread.ts";
import type { Outcome, Question } from "./messages.ts";
import { errorOf } from "./refusal.ts";

/**
 * Whatever pages need that is read and computed is asked here. A server that readers use leaves it to the data thread, so that
 * its own event loop only renders and answers; in development and in tests it is done in place, where changes are seen at once.
 */

/** What a procedure answers. @throws TRPCError */
export async function askProcedure(procedure: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
  const outcome = await outcomeOf({ procedure, input }, signal);
  outcome.dependencies.forEach(dependOn);
  if (outcome.ok) return outcome.value;
  throw errorOf(outcome.refusal);
}

async function outcomeOf(question: Question, signal: AbortSignal | undefined): Promise<Outcome> {
  if (process.env.NODE_ENV === "production") return dataThread().ask(question, signal);
  // Not imported in a production build: nothing there can be computed on the event loop by mistake.
  const [{ answer }, { outcomeOf }] = await Promise.all([import("./answer.ts"), import("./serve.ts")]);
  return outcomeOf(() => answer(question, signal));
}
