import { failure, type Result, success } from "../shared/result.ts";
import { answer, type NetworkProblem, type Request } from "./messages.ts";
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

export interface Connection {
  /** Asks the worker, which starts with the first call and again after it broke off. Never rejects. */
  call<Name extends ProcedureName>(procedure: Name, input: Input<Name>, options?: CallOptions): Answered<Name>;
  /** Ends the worker and every call that has no answer yet. */
  close(sentence: string): void;
}

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

/** The page's end of the protocol. @param onEnded called when the worker is gone, with all that it knew */
export function connect(start: () => WorkerLike, onEnded: () => void): Connection {
  const pending = new Map<number, Pending>();
  let worker: WorkerLike | undefined;
  let lastId = 0;
  let watch: ReturnType<typeof setInterval> | undefined;
  let silentTicks = 0;

  const close = (sentence: string) => {
    worker?.terminate();
    worker = undefined;
    onEnded();
    for (const id of [...pending.keys()]) settle(id, failure("worker", sentence));
  };
  const settle = (id: number, result: Result<unknown, NetworkProblem>) => {
    const call = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) {
      clearInterval(watch);
      watch = undefined;
    }
    call?.settle(result);
  };
  const tick = () => {
    if (++silentTicks >= patience.ticks) close("The live network does not answer; load the page again.");
  };
  const receive = (data: unknown) => {
    silentTicks = 0;
    const parsed = answer.safeParse(data);
    if (!parsed.success) return close(notUnderstood);
    const message = parsed.data;
    const call = pending.get(message.id);
    if (!call) return; // called off meanwhile
    if ("progress" in message) return call.onProgress?.(message.progress);
    if (!message.ok) return settle(message.id, { ok: false, problem: message.problem });
    const output = procedures[call.procedure].output.safeParse(message.value);
    if (output.success) settle(message.id, success(output.data));
    else close(notUnderstood);
  };
  const startWorker = () => {
    const started = start();
    started.onmessage = ({ data }) => receive(data);
    started.onmessageerror = () => close("An answer of the live network did not arrive whole; load the page again.");
    started.onerror = (event) => {
      event.preventDefault();
      close("The live network's program did not start or broke off; load the page again, or build the site again.");
    };
    return started;
  };
  const post = (message: Request) => {
    try {
      worker ??= startWorker();
      worker.postMessage(message);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      close(`This browser does not start workers, which the live network needs: ${reason}`);
    }
  };
  return {
    close,
    call: <Name extends ProcedureName>(procedure: Name, input: Input<Name>, options: CallOptions = {}) =>
      new Promise((resolve) => {
        const { signal, onProgress } = options;
        const calledOff = failure("superseded", "This work was called off.");
        if (signal?.aborted) return resolve(calledOff);
        const id = ++lastId;
        const cancel = () => {
          settle(id, calledOff);
          worker?.postMessage({ id, cancel: true } satisfies Request);
        };
        signal?.addEventListener("abort", cancel);
        pending.set(id, {
          procedure,
          onProgress,
          settle: (result) => {
            signal?.removeEventListener("abort", cancel);
            resolve(result as Result<Output<Name>, NetworkProblem>);
          },
        });
        silentTicks = 0;
        watch ??= setInterval(tick, patience.milliseconds);
        post({ id, procedure, input });
      }),
  };
}
