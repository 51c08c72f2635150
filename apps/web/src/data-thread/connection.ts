import { setMaxListeners } from "node:events";
import type { FromThread, Outcome, Question, Refusal, ToThread } from "./messages.ts";

/** The part of a `Worker` that the server uses. */
export interface ThreadLike {
  postMessage(message: ToThread): void;
  terminate(): unknown;
  on(event: "message", listener: (message: FromThread) => void): unknown;
  on(event: "error" | "messageerror", listener: (error: Error) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
}

const gone = refused({ code: "CLIENT_CLOSED_REQUEST", sentence: "the reader has gone" });

/** The server's end: a thread that starts with the first question and, when it ends, again with the next one. */
export class Connection {
  readonly #start: () => ThreadLike;
  readonly #open = new Map<number, (outcome: Outcome) => void>();
  #thread: ThreadLike | undefined;
  #lastId = 0;

  constructor(start: () => ThreadLike) {
    this.#start = start;
  }

  /** Never rejects. @param signal ends the waiting when the reader has gone; work that has not begun is not begun then */
  ask(question: Question, signal?: AbortSignal): Promise<Outcome> {
    if (signal?.aborted) return Promise.resolve(gone);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      const leave = () => {
        this.#settle(id, gone);
        this.#thread?.postMessage({ id, cancel: true });
      };
      if (signal) setMaxListeners(0, signal); // a page asks a score of questions, all for one reader
      signal?.addEventListener("abort", leave);
      this.#open.set(id, (outcome) => {
        signal?.removeEventListener("abort", leave);
        resolve(outcome);
      });
      this.#post({ id, question });
    });
  }

  /** Ends the thread, whose program is another by now. */
  replace(): void {
    const thread = this.#thread;
    if (!thread) return;
    this.#end(thread, "its program has changed");
    thread.terminate();
  }

  #post(message: ToThread): void {
    try {
      this.#thread ??= this.#startThread();
      this.#thread.postMessage(message);
    } catch (error) {
      // Of a question that cannot be cloned, or a system that starts no thread; the others go on.
      this.#settle(message.id, failed(`the server cannot ask its data thread: ${(error as Error).message}`));
    }
  }

  #startThread(): ThreadLike {
    const thread = this.#start();
    let why = "";
    thread.on("message", ({ id, outcome }) => this.#settle(id, outcome));
    thread.on("messageerror", ({ message }) => {
      why = `an answer did not arrive whole: ${message}`;
      thread.terminate();
    });
    thread.on("error", ({ message }) => {
      why = message;
    });
    thread.on("exit", (code) => this.#end(thread, why || `exit code ${code}`));
    return thread;
  }

  /** Every open question is answered; the next one starts another thread. */
  #end(thread: ThreadLike, why: string): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    console.error(`the data thread ended (${why}); the next question starts another one`);
    const outcome = failed("the server's data thread broke off at this; its log says why; load the page again");
    for (const id of [...this.#open.keys()]) this.#settle(id, outcome);
  }

  #settle(id: number, outcome: Outcome): void {
    const settle = this.#open.get(id);
    this.#open.delete(id);
    settle?.(outcome);
  }
}

function failed(sentence: string): Outcome {
  return refused({ code: "SERVICE_UNAVAILABLE", sentence });
}

/** What is made of it is not to be kept: another try may find an answer. */
function refused(refusal: Refusal): Outcome {
  return { ok: false, refusal, dependencies: [{ path: "the data thread", state: "unknown", settled: false }] };
}
