import { failure, type Result } from "../shared/result.ts";
import { type Answered, type CallOptions, Connection, type WorkerLike } from "./connection.ts";
import { latestWins } from "./latest-wins.ts";
import type { NetworkProblem } from "./messages.ts";
import type { Input, NetworkFiles, Output, ProcedureName } from "./procedures.ts";

/** The page's end of the model worker: a network that answers questions, off the main thread. Nothing here throws. */
export type ModelClient = ReturnType<typeof modelClient>;

/** What the network made of a digit. */
export type Reconstruction = Output<"reconstruct">;

/** Where the build laid the worker: next.config.ts puts the address, which has a hash in it, into the page's script. */
const workerAddress = String(process.env.MODEL_WORKER);

/** A client for one run's network; its methods are the procedures of `procedures.ts`. */
export function modelClient(
  files: NetworkFiles,
  start: () => WorkerLike = () => new Worker(workerAddress) as WorkerLike,
) {
  let opening: Answered<"open"> | undefined;
  const reconstruct = newestDigit((input) => ask("reconstruct")(input));
  const connection = new Connection(start, () => {
    opening = undefined; // a worker that broke off takes its network and its digit along
    reconstruct.forget();
  });

  /** Starts the worker and loads the network; once, however often it is called. Every question does it by itself. */
  const open = (): Answered<"open"> => {
    opening ??= connection.call("open", files).then((result) => {
      // A lost connection may come back; what is damaged or missing stays so until the page is loaded again.
      if (!result.ok && (result.problem.code === "network" || result.problem.code === "worker")) opening = undefined;
      return result;
    });
    return opening;
  };
  const ask = <Name extends ProcedureName>(name: Name) => {
    return async (input: Input<Name>, options?: CallOptions): Promise<Result<Output<Name>, NetworkProblem>> => {
      const opened = await open();
      return opened.ok ? connection.call(name, input, options) : opened;
    };
  };
  return {
    open,
    reconstruct: reconstruct.ask,
    decode: ask("decode"),
    verify: ask("verify"),
    weights: oncePerLayer(ask("weights")),
    influence: ask("influence"),
    statistics: ask("statistics"),
    switchOff: ask("switchOff"),
    damage: newestOnly(ask("damage")),
    measure: ask("measure"),
    close: () => connection.close("The page closed the network."),
  };
}

/** Of digits that come while one is computed only the newest is computed; the digit of the last pass is not again. */
function newestDigit(compute: (input: Input<"reconstruct">) => Answered<"reconstruct">) {
  let passes = 0; // counted here, so that a new worker does not take a question about an older one's digit for its own
  let last: { input: Input<"reconstruct">; result: Result<Reconstruction, NetworkProblem> } | undefined;
  const newest = latestWins(compute);
  return {
    /**
     * Rebuilds a digit of 784 pixels in [0, 1]; one whose place a newer digit took ends as `superseded`.
     * @param everything whether the numbers of all layers are asked for as well
     */
    async ask(pixels: Float32Array, everything = false): Answered<"reconstruct"> {
      if (last && (last.input.everything || !everything) && equal(last.input.pixels, pixels)) return last.result;
      const input = { pass: ++passes, pixels, everything };
      const outcome = await newest(input);
      if (outcome.superseded) return failure("superseded", "A newer digit took this one's place.");
      last = outcome.result.ok ? { input, result: outcome.result } : undefined;
      return outcome.result;
    },
    forget() {
      last = undefined;
    },
  };
}

/** Weights do not change: each layer's are fetched once, and its readers share them. */
function oncePerLayer(fetchWeights: (input: Input<"weights">) => Answered<"weights">) {
  const fetched = new Map<string, Answered<"weights">>();
  return (layer: string): Answered<"weights"> => {
    const known = fetched.get(layer);
    if (known) return known;
    const result = fetchWeights({ layer });
    fetched.set(layer, result);
    result.then(({ ok }) => ok || fetched.delete(layer));
    return result;
  };
}

/** A newer call ends an older one that still runs. */
function newestOnly<In, Out>(call: (input: In, options: CallOptions) => Promise<Out>) {
  let running: AbortController | undefined;
  return (input: In, { signal, onProgress }: CallOptions = {}): Promise<Out> => {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    if (signal?.aborted) controller.abort();
    signal?.addEventListener("abort", () => controller.abort(), { once: true });
    return call(input, { signal: controller.signal, onProgress });
  };
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}
