import { latestWins } from "./latest-wins.ts";
import {
  type AnswerValue,
  answer,
  type Decoded,
  type ModelSource,
  type Opened,
  type Problem,
  type Reconstruction,
  type RemoteFile,
  type Request,
  type Verification,
} from "./messages.ts";

/** A result, or a problem whose sentence can stand on the page. Nothing here throws. */
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

/** The page's end of the model worker: a network that answers questions, off the main thread. */
export interface ModelClient {
  /** Starts the worker and loads the network; once, however often it is called. Every question does it by itself. */
  open(): Promise<Outcome<Opened>>;
  /**
   * Rebuilds a digit of 784 pixels in [0, 1]. Of digits that come while one is computed only the newest is computed;
   * the others end with the code `superseded`.
   */
  reconstruct(pixels: Float32Array): Promise<Outcome<Reconstruction>>;
  decode(latent: Float32Array): Promise<Outcome<Decoded>>;
  /** Compares the network here with the trainer's recorded samples. `pictures`: the samples' pixels, 0 to 255. */
  verify(samples: RemoteFile, pictures: Uint8Array): Promise<Outcome<Verification>>;
  close(): void;
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

type Body<Kind extends Request["kind"]> = Omit<Extract<Request, { kind: Kind }>, "id" | "kind">;
type ValueOf<Kind extends Request["kind"]> = Extract<AnswerValue, { kind: Kind }>;

/** A client for one run's network. The worker starts with the first question. */
export function modelClient(
  source: ModelSource,
  start: () => WorkerLike = () => new Worker(workerAddress) as WorkerLike,
): ModelClient {
  const connection = connect(start);
  let opening: Promise<Outcome<Opened>> | undefined;

  const open = () => {
    opening ??= connection.ask("open", { source }).then((outcome) => {
      // A lost connection may come back; what is damaged or missing stays so until the page is loaded again.
      if (!outcome.ok && (outcome.problem.code === "network" || outcome.problem.code === "worker")) opening = undefined;
      return outcome;
    });
    return opening;
  };
  const ask = async <Kind extends Request["kind"]>(kind: Kind, body: Body<Kind>): Promise<Outcome<ValueOf<Kind>>> => {
    const opened = await open();
    return opened.ok ? connection.ask(kind, body) : opened;
  };
  const newest = latestWins((pixels: Float32Array) => ask("reconstruct", { pixels }));

  return {
    open,
    decode: (latent) => ask("decode", { latent }),
    verify: (samples, pictures) => ask("verify", { samples, pictures }),
    reconstruct: async (pixels) => {
      const outcome = await newest(pixels);
      if (!outcome.superseded) return outcome.result;
      return { ok: false, problem: { code: "superseded", sentence: "A newer digit took this one's place." } };
    },
    close: () => connection.close("The page closed the network."),
  };
}

/** Requests with ids over one worker; every open request ends when the worker does. */
function connect(start: () => WorkerLike) {
  let worker: WorkerLike | undefined;
  let lastId = 0;
  const open = new Map<number, (outcome: Outcome<AnswerValue>) => void>();

  const close = (sentence: string) => {
    worker?.terminate();
    worker = undefined;
    for (const settle of open.values()) settle({ ok: false, problem: { code: "worker", sentence } });
    open.clear();
  };

  const begin = (): WorkerLike => {
    const begun = start();
    begun.onmessage = ({ data }) => {
      const parsed = answer.safeParse(data);
      if (!parsed.success) {
        close("The live network gave an answer that this page does not understand; load the page again.");
        return;
      }
      const settle = open.get(parsed.data.id);
      open.delete(parsed.data.id);
      settle?.(parsed.data.ok ? { ok: true, value: parsed.data.value } : { ok: false, problem: parsed.data.problem });
    };
    begun.onerror = (event) => {
      event.preventDefault();
      close("The live network's program did not start or broke off; load the page again, or build the site again.");
    };
    return begun;
  };

  const ask = <Kind extends Request["kind"]>(kind: Kind, body: Body<Kind>): Promise<Outcome<ValueOf<Kind>>> =>
    new Promise((resolve) => {
      const id = ++lastId;
      open.set(id, resolve as (outcome: Outcome<AnswerValue>) => void);
      try {
        worker ??= begin();
        worker.postMessage({ id, kind, ...body });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        close(`This browser does not start workers, which the live network needs: ${reason}`);
      }
    });

  return { ask, close };
}
