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
  let statisticsOf: Input<"statistics"> | undefined;
  const restarts = counter();
  const reconstruct = newestDigit((input) => ask("reconstruct")(input));
  const network = opener(
    () => connection.call("open", files),
    () => tellAgain(connection, { digit: reconstruct.last(), statistics: statisticsOf }),
  );
  const connection = new Connection(start, (silent) => {
    network.forget(); // a worker that broke off takes its network along
    if (silent) restarts.increase();
  });
  const ask = <Name extends ProcedureName>(name: Name) => {
    return (input: Input<Name>, options?: CallOptions): Answered<Name> =>
      onceMore(async () => {
        const opened = await network.open();
        return opened.ok ? connection.call(name, input, options) : opened;
      });
  };
  const statistics = ask("statistics");
  return {
    /** Starts the worker and loads the network; every question does it by itself. */
    open: () => onceMore(network.open),
    reconstruct: reconstruct.ask,
    decode: ask("decode"),
    reconstructBy: ask("reconstructBy"),
    decodeBy: ask("decodeBy"),
    pulls: newestOnly(ask("pulls")),
    bends: newestOnly(ask("bends")),
    verify: ask("verify"),
    weights: oncePerLayer(ask("weights")),
    influence: ask("influence"),
    async statistics(input: Input<"statistics">, options?: CallOptions): Answered<"statistics"> {
      const result = await statistics(input, options);
      if (result.ok) statisticsOf = input;
      return result;
    },
    switchOff: ask("switchOff"),
    damage: newestOnly(ask("damage")),
    measure: ask("measure"),
    /** How often a worker fell silent and another took its place. */
    restarts: restarts.count,
    /** Told when `restarts` grows. */
    subscribe: restarts.subscribe,
    close: () => connection.close("The page closed the network."),
  };
}

/** A question under which a worker fell silent is put to another one, once. */
async function onceMore<Value>(question: () => Promise<Result<Value, NetworkProblem>>) {
  const first = await question();
  return first.ok || first.problem.code !== "silent" ? first : question();
}

/** Opens a worker's network once, however often it is asked to. @param tell what else the worker must know */
function opener(open: () => Answered<"open">, tell: () => Promise<Gone | undefined>) {
  let opening: Answered<"open"> | undefined;
  const begin = async (): Answered<"open"> => {
    const opened = await open();
    return opened.ok ? ((await tell()) ?? opened) : opened;
  };
  return {
    open(): Answered<"open"> {
      if (opening) return opening;
      const begun = begin();
      opening = begun;
      // A lost connection may come back; what is damaged or missing stays so until the page is loaded again.
      begun.then((result) => {
        if (!result.ok && opening === begun && passing.has(result.problem.code)) opening = undefined;
      });
      return begun;
    },
    forget() {
      opening = undefined;
    },
  };
}

/** Problems that another try may not have. */
const passing: ReadonlySet<NetworkProblem["code"]> = new Set(["network", "worker", "silent"]);

type Gone = Extract<Result<never, NetworkProblem>, { ok: false }>;

/**
 * Tells a worker that took another's place what that one knew, so that questions about the last digit keep their answers.
 * @returns why not, if the worker is gone again; other problems come up when something is asked about it
 */
async function tellAgain(
  connection: Connection,
  { digit, statistics }: { digit: Input<"reconstruct"> | undefined; statistics: Input<"statistics"> | undefined },
): Promise<Gone | undefined> {
  const told = await Promise.all([
    digit && connection.call("reconstruct", { ...digit, everything: false }),
    statistics && connection.call("statistics", statistics),
  ]);
  return told.find(
    (result): result is Gone => result?.ok === false && ["worker", "silent"].includes(result.problem.code),
  );
}

/** A count that can be listened to. */
function counter() {
  let count = 0;
  const listeners = new Set<() => void>();
  return {
    count: () => count,
    increase() {
      count++;
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
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
    /** The digit of the last pass. */
    last: () => last?.input,
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
