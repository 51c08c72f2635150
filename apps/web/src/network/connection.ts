import { safeParse } from "valibot";
import { failure, type Result, success } from "../shared/result.ts";
import { type Answer, answer, type NetworkProblem, type Request } from "./messages.ts";
import { type Input, type Output, type ProcedureName, procedures } from "./procedures.ts";
import { Pulse } from "./pulse.ts";

/** The part of a `Worker` that the page uses. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface CallOptions {
  /** Ends the call as `superseded`; the worker stops before its next piece. */
  signal?: AbortSignal | undefined;
  /** Told how much is done, 0 to 1; not after the call has ended. */
  onProgress?: ((done: number) => void) | undefined;
}

export type Answered<Name extends ProcedureName> = Promise<Result<Output<Name>, NetworkProblem>>;

interface Pending {
  procedure: ProcedureName;
  settle: (result: Result<unknown, NetworkProblem>) => void;
  onProgress: CallOptions["onProgress"];
}

const notUnderstood = "The live network gave an answer that this page does not understand; load the page again.";

/** The page's end of the protocol. */
export class Connection {
  readonly #start: () => WorkerLike;
  readonly #onEnded: (silent: boolean) => void;
  readonly #pending = new Map<number, Pending>();
  readonly #pulse = new Pulse(
    () => this.#worker?.postMessage({ ping: true } satisfies Request),
    (lived) => this.close("The live network does not answer; load the page again.", lived ? "silent" : "worker"),
  );
  #worker: WorkerLike | undefined;
  #lastId = 0;

  /** @param onEnded called when a worker is gone, with all that it knew; `silent`: it went without a word */
  constructor(start: () => WorkerLike, onEnded: (silent: boolean) => void) {
    this.#start = start;
    this.#onEnded = onEnded;
  }

  /** Asks the worker, which starts with the first call and again after it broke off. Never rejects. */
  call<Name extends ProcedureName>(
    procedure: Name,
    input: Input<Name>,
    { signal, onProgress }: CallOptions = {},
  ): Answered<Name> {
    return new Promise((resolve) => {
      const calledOff = failure("superseded", "This work was called off.");
      if (signal?.aborted) return resolve(calledOff);
      const id = ++this.#lastId;
      const cancel = () => {
        this.#settle(id, calledOff);
        this.#worker?.postMessage({ id, cancel: true } satisfies Request);
      };
      signal?.addEventListener("abort", cancel);
      const settle = (result: Result<unknown, NetworkProblem>) => {
        signal?.removeEventListener("abort", cancel);
        resolve(result as Result<Output<Name>, NetworkProblem>);
      };
      this.#pending.set(id, { procedure, onProgress, settle });
      this.#pulse.start();
      this.#post({ id, procedure, input });
    });
  }

  /** Ends the worker and every call that has no answer yet. */
  close(sentence: string, code: "worker" | "silent" = "worker"): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#pulse.reset();
    this.#onEnded(code === "silent");
    for (const id of [...this.#pending.keys()]) this.#settle(id, failure(code, sentence));
  }

  #post(message: Request): void {
    try {
      this.#worker ??= this.#startWorker();
      this.#worker.postMessage(message);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.close(`This browser does not start workers, which the live network needs: ${reason}`);
    }
  }

  #startWorker(): WorkerLike {
    const worker = this.#start();
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onmessageerror = () =>
      this.close("An answer of the live network did not arrive whole; load the page again.");
    worker.onerror = (event) => {
      event.preventDefault();
      this.close(
        "The live network's program did not start or broke off; load the page again, or build the site again.",
      );
    };
    return worker;
  }

  #receive(data: unknown): void {
    const parsed = safeParse(answer, data);
    if (parsed.success) {
      this.#pulse.heard();
      if (!("pong" in parsed.output)) this.#hear(parsed.output);
    } else this.close(notUnderstood);
  }

  #hear(message: Exclude<Answer, { pong: true }>): void {
    const call = this.#pending.get(message.id);
    if (!call) return; // it was called off meanwhile
    if ("progress" in message) call.onProgress?.(message.progress);
    else if (!message.ok) this.#settle(message.id, { ok: false, problem: message.problem });
    else {
      const parsed = safeParse(procedures[call.procedure].output, message.value);
      if (parsed.success) this.#settle(message.id, success(parsed.output));
      else this.close(notUnderstood);
    }
  }

  #settle(id: number, result: Result<unknown, NetworkProblem>): void {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#pulse.stop();
    call?.settle(result);
  }
}
