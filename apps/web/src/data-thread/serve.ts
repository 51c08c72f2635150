import { recording } from "../server/dependencies.ts";
import { handOver } from "./hand-over.ts";
import type { FromThread, Outcome, Question, ToThread } from "./messages.ts";
import { refusalOf } from "./refusal.ts";

/** The part of a thread's `MessagePort` that is used. */
export interface ServedPort {
  postMessage(message: FromThread, transfer: ArrayBuffer[]): void;
  on(event: "message", listener: (message: ToThread) => void): unknown;
}

/** Works out an answer. @param signal aborted when nobody waits for it any more */
export type Answer = (question: Question, signal: AbortSignal) => Promise<unknown>;

interface Waiting {
  id: number;
  question: Question;
  controller: AbortController;
}

/** The thread's end: questions in, outcomes out. */
export function serve(port: ServedPort, answer: Answer): void {
  const open = new Map<number, Waiting>();
  const waiting: Waiting[] = [];

  const work = async ({ id, question, controller: { signal } }: Waiting) => {
    const outcome = await outcomeOf(() => answer(question, signal));
    if (!open.delete(id)) return; // it was called off
    post({ id, outcome });
  };
  const post = ({ id, outcome }: FromThread) => {
    try {
      const { value, transfer } = handOver(outcome);
      port.postMessage({ id, outcome: value as Outcome }, transfer);
    } catch (error) {
      port.postMessage({ id, outcome: { ok: false, refusal: refusalOf(error), dependencies: [] } }, []);
    }
  };
  // One question a turn of the loop: what nobody waits for any more is known before the next one is begun.
  const next = () => {
    const first = waiting.shift();
    if (waiting.length > 0) setImmediate(next);
    if (first && !first.controller.signal.aborted) void work(first);
  };
  port.on("message", (message) => {
    const { id } = message;
    if ("cancel" in message) {
      open.get(id)?.controller.abort();
      open.delete(id);
      return;
    }
    const asked = { id, question: message.question, controller: new AbortController() };
    open.set(id, asked);
    if (waiting.push(asked) === 1) setImmediate(next);
  });
}

/** Never rejects: what fails is an outcome too, and depends on files as well. */
export async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  const { value: result, dependencies } = await recording(async () => {
    try {
      return { ok: true, value: await work() } as const;
    } catch (error) {
      return { ok: false, refusal: refusalOf(error) } as const;
    }
  });
  return { ...result, dependencies };
}
