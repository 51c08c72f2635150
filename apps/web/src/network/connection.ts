import { safeParse } from "valibot";
import { failure, type Result, success } from "../shared/result.ts";
import { type Answer, answer, type NetworkProblem, type Request } from "./messages.ts";
import { type Input, type Output, type ProcedureName, procedures } from "./procedures.ts";

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

/**
 * How long a worker that owes an answer may be silent, in ticks of a timer rather than by the clock, so that a page that
 * slept does not take its worker for dead. Three minutes: a slow line needs that long for the network's megabyte.
 */
const patience = { milliseconds: 10_000, ticks: 18 };

const notUnderstood = "The live network gave an answer that this page does not understand; load the page again.";

/** The page's end of the protocol. */
export class Connection {
  readonly #start: () => WorkerLike;
  readonly #onEnded: () => void;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerLike | undefined;
  #lastId = 0;
  #watch: ReturnType<typeof setInterval> | undefined;
  #silentTicks = 0;

  /** @param onEnded called when a worker is gone, with all that it knew */
  constructor(start: () => WorkerLike, onEnded: () => void) {
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
      this.#silentTicks = 0;
      this.#watch ??= setInterval(() => this.#tick(), patience.milliseconds);
      this.#post({ id, procedure, input });
    });
  }

  /** Ends the worker and every call that has no answer yet. */
  close(sentence: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#onEnded();
    for (const id of [...this.#pending.keys()]) this.#settle(id, failure("worker", sentence));
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
    this.#silentTicks = 0;
    const parsed = safeParse(answer, data);
    const call = parsed.success && this.#pending.get(parsed.output.id);
    if (!parsed.success) this.close(notUnderstood);
    else if (call) this.#hear(call, parsed.output); // without a call: it was called off meanwhile
  }

  #hear(call: Pending, message: Answer): void {
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
    if (this.#pending.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
    }
    call?.settle(result);
  }

  #tick(): void {
    if (++this.#silentTicks >= patience.ticks) this.close("The live network does not answer; load the page again.");
  }
}
