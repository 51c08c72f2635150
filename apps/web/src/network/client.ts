import type { MapInputs, Place, ValueTerms } from "@autoencoder/model";
import { latestWins } from "./latest-wins.ts";
import {
  type AnswerValue,
  answer,
  type Damage,
  type Decoded,
  type Influence,
  type Measurement,
  type Measuring,
  type ModelSource,
  type Opened,
  type Problem,
  type Reconstruction,
  type RemoteFile,
  type Replacement,
  type Request,
  type Statistics,
  type SwitchedOff,
  type Verification,
  type WeightsFound,
} from "./messages.ts";

/** A result, or a problem whose sentence can stand on the page. Nothing here throws. */
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

/** The page's end of the model worker: a network that answers questions, off the main thread. */
export interface ModelClient {
  /** Starts the worker and loads the network; once, however often it is called. Every question does it by itself. */
  open(): Promise<Outcome<Opened>>;
  /**
   * Rebuilds a digit of 784 pixels in [0, 1]. Of digits that come while one is computed only the newest is computed;
   * the others end with the code `superseded`. The digit of the last pass is not computed again.
   */
  reconstruct(pixels: Float32Array, everything?: boolean): Promise<Outcome<Reconstruction>>;
  decode(latent: Float32Array): Promise<Outcome<Decoded>>;
  /** Compares the network here with the trainer's recorded samples. `pictures`: the samples' pixels, 0 to 255. */
  verify(samples: RemoteFile, pictures: Uint8Array): Promise<Outcome<Verification>>;
  /** Every term of one value of the digit of a pass. */
  terms(pass: number, stage: string, place: Place): Promise<Outcome<{ terms: ValueTerms }>>;
  /** What feeds one feature map of the digit of a pass; no `inputs` where nothing is summed. */
  map(pass: number, stage: string, map: number): Promise<Outcome<{ inputs?: MapInputs | undefined }>>;
  /** A layer's kernel and bias. */
  weights(stage: string): Promise<Outcome<WeightsFound>>;
  /** The gradient of one rebuilt pixel by every pixel of the input. */
  influence(pass: number, place: { row: number; column: number }): Promise<Outcome<Influence>>;
  /** Loads what the trainer recorded of every map over all test digits; the mean is then there to switch maps to. */
  statistics(file: RemoteFile): Promise<Outcome<Statistics>>;
  /** The digit of a pass rebuilt with one map switched off. */
  switchOff(pass: number, off: { stage: string; map: number; to: Replacement }): Promise<Outcome<SwitchedOff>>;
  /** What each map's absence costs, on the digit of a pass or on other digits. A newer call ends an older one. */
  damage(pass: number, off: { stage: string; to: Replacement }, options?: DamageOptions): Promise<Outcome<Damage>>;
  /** Rebuilds many digits, a few at a time, and compares them with their originals; `signal` ends it as `superseded`. */
  measure(asked: Measuring, signal?: AbortSignal): Promise<Outcome<Measurement>>;
  close(): void;
}

export interface DamageOptions {
  /** Digits to rebuild instead of the current one: pixels of 0 to 255, one digit after the other. */
  pictures?: Uint8Array;
  /** Told how much is done, 0 to 1. */
  onProgress?: (done: number) => void;
}

/** The part of a `Worker` that the client uses. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Where the build lays the worker. */
const workerAddress = "/model-worker/worker.js";

/** Kinds of requests that have an answer. */
type Answered = Exclude<Request["kind"], "cancel">;
type Body<Kind extends Answered> = Omit<Extract<Request, { kind: Kind }>, "id" | "kind">;
type ValueOf<Kind extends Answered> = Extract<AnswerValue, { kind: Kind }>;

/** A client for one run's network. The worker starts with the first question. */
export function modelClient(
  source: ModelSource,
  start: () => WorkerLike = () => new Worker(workerAddress) as WorkerLike,
): ModelClient {
  let opening: Promise<Outcome<Opened>> | undefined;
  let last: { pixels: Float32Array; everything: boolean; outcome: Outcome<Reconstruction> } | undefined;
  let ranking: (() => void) | undefined;
  const connection = connect(start, () => {
    opening = undefined; // a worker that broke off takes its network and its digit along
    last = undefined;
  });

  const open = () => {
    opening ??= connection.ask("open", { source }).then((outcome) => {
      // A lost connection may come back; what is damaged or missing stays so until the page is loaded again.
      if (!outcome.ok && (outcome.problem.code === "network" || outcome.problem.code === "worker")) opening = undefined;
      return outcome;
    });
    return opening;
  };
  const ask = async <Kind extends Answered>(kind: Kind, body: Body<Kind>): Promise<Outcome<ValueOf<Kind>>> => {
    const opened = await open();
    return opened.ok ? connection.ask(kind, body) : opened;
  };
  const newest = latestWins((asked: { pixels: Float32Array; everything: boolean }) => ask("reconstruct", asked));

  return {
    open,
    decode: (latent) => ask("decode", { latent }),
    verify: (samples, pictures) => ask("verify", { samples, pictures }),
    reconstruct: async (pixels, everything = false) => {
      if (last && (last.everything || !everything) && equal(last.pixels, pixels)) return last.outcome;
      const outcome = await newest({ pixels, everything });
      if (outcome.superseded) {
        return { ok: false, problem: { code: "superseded", sentence: "A newer digit took this one's place." } };
      }
      last = outcome.result.ok ? { pixels, everything, outcome: outcome.result } : undefined;
      return outcome.result;
    },
    terms: (pass, stage, place) => ask("terms", { pass, stage, place }),
    map: (pass, stage, map) => ask("map", { pass, stage, map }),
    weights: (stage) => ask("weights", { stage }),
    influence: (pass, { row, column }) => ask("influence", { pass, row, column }),
    statistics: (file) => ask("statistics", { file }),
    switchOff: (pass, off) => ask("switch-off", { pass, ...off }),
    damage: async (pass, off, { pictures, onProgress } = {}) => {
      const opened = await open();
      if (!opened.ok) return opened;
      ranking?.();
      const asked = connection.begin("damage", { pass, ...off, pictures }, onProgress);
      ranking = asked.cancel;
      return asked.outcome;
    },
    measure: async (asked, signal) => {
      const opened = await open();
      if (!opened.ok) return opened;
      const { outcome, cancel } = connection.begin("measure", asked);
      if (signal?.aborted) cancel();
      signal?.addEventListener("abort", cancel);
      return outcome.finally(() => signal?.removeEventListener("abort", cancel));
    },
    close: () => connection.close("The page closed the network."),
  };
}

interface Waiting {
  settle: (outcome: Outcome<AnswerValue>) => void;
  onProgress: ((done: number) => void) | undefined;
}

/** Requests with ids over one worker; every open request ends when the worker does. */
function connect(start: () => WorkerLike, onClosed: () => void) {
  let worker: WorkerLike | undefined;
  let lastId = 0;
  const open = new Map<number, Waiting>();

  const close = (sentence: string) => {
    worker?.terminate();
    worker = undefined;
    onClosed();
    for (const { settle } of open.values()) settle({ ok: false, problem: { code: "worker", sentence } });
    open.clear();
  };

  const startWorker = (): WorkerLike => {
    const begun = start();
    begun.onmessage = ({ data }) => {
      const parsed = answer.safeParse(data);
      if (!parsed.success) {
        close("The live network gave an answer that this page does not understand; load the page again.");
        return;
      }
      const waiting = open.get(parsed.data.id);
      if ("progress" in parsed.data) {
        waiting?.onProgress?.(parsed.data.progress);
        return;
      }
      open.delete(parsed.data.id);
      waiting?.settle(
        parsed.data.ok ? { ok: true, value: parsed.data.value } : { ok: false, problem: parsed.data.problem },
      );
    };
    begun.onerror = (event) => {
      event.preventDefault();
      close("The live network's program did not start or broke off; load the page again, or build the site again.");
    };
    return begun;
  };

  /** Asks, and gives the means to call the question off: it then ends as `superseded`. */
  const begin = <Kind extends Answered>(kind: Kind, body: Body<Kind>, onProgress?: (done: number) => void) => {
    const id = ++lastId;
    const outcome = new Promise<Outcome<ValueOf<Kind>>>((resolve) => {
      open.set(id, { settle: resolve as Waiting["settle"], onProgress });
      try {
        worker ??= startWorker();
        worker.postMessage({ id, kind, ...body });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        close(`This browser does not start workers, which the live network needs: ${reason}`);
      }
    });
    const cancel = () => {
      if (open.has(id)) worker?.postMessage({ id, kind: "cancel" });
    };
    return { outcome, cancel };
  };

  return {
    ask: <Kind extends Answered>(kind: Kind, body: Body<Kind>) => begin(kind, body).outcome,
    begin,
    close,
  };
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}
