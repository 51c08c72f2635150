import { shown } from "@autoencoder/model";
import { getDotPath, safeParse } from "valibot";
import { type Answer, request } from "./messages.ts";
import { ModelProblem, problemOf } from "./model-problem.ts";
import { type Input, type Output, type ProcedureName, procedures } from "./procedures.ts";

/** The worker's own scope, as far as the protocol needs it. */
export interface WorkerScope {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(message: Answer, transfer: Transferable[]): void;
}

/** What long work calls between its pieces: tells how much is done, lets others through, and ends what was called off. */
export type Step = (done: number) => Promise<void>;

/** A result whose arrays move to the page instead of being copied: the worker must not keep any of them. */
export class Moved<Value> {
  readonly value: Value;
  readonly buffers: Transferable[];

  constructor(value: Value, arrays: readonly ArrayBufferView[]) {
    this.value = value;
    this.buffers = [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
  }
}

type Given<Value> = Value | Moved<Value>;

/** What answers each procedure. It throws a ModelProblem to say what is wrong. */
export type Handlers = {
  readonly [Name in ProcedureName]: (
    input: Input<Name>,
    step: Step,
  ) => Given<Output<Name>> | Promise<Given<Output<Name>>>;
};

/** The worker's end of the protocol: calls in, answers out. */
export function serve(scope: WorkerScope, handlers: Handlers): void {
  const running = new Map<number, AbortController>();

  const stepOf = (id: number, { signal }: AbortController): Step => {
    return async (progress) => {
      scope.postMessage({ id, progress }, []);
      await new Promise((resolve) => setTimeout(resolve)); // messages that came meanwhile go first
      if (signal.aborted) throw new ModelProblem("superseded", "This work was called off.");
    };
  };
  const answer = async (id: number, name: string, input: unknown) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const given = await handle(handlers, name, input, stepOf(id, controller));
      const { value, buffers } = given instanceof Moved ? given : { value: given, buffers: [] };
      scope.postMessage({ id, ok: true, value }, buffers);
    } catch (error) {
      scope.postMessage({ id, ok: false, problem: problemOf(error) }, []);
    } finally {
      running.delete(id);
    }
  };
  scope.onmessage = ({ data }) => {
    const parsed = safeParse(request, data);
    if (!parsed.success) return; // without an id there is no call to answer
    if ("ping" in parsed.output) scope.postMessage({ pong: true }, []);
    else if ("cancel" in parsed.output) running.get(parsed.output.id)?.abort();
    else void answer(parsed.output.id, parsed.output.procedure, parsed.output.input);
  };
}

async function handle(handlers: Handlers, name: string, input: unknown, step: Step): Promise<unknown> {
  if (!Object.hasOwn(procedures, name)) {
    throw new ModelProblem("request", `Expected one of ${Object.keys(procedures).join(", ")} but got ${shown(name)}.`);
  }
  const procedure = name as ProcedureName;
  const parsed = safeParse(procedures[procedure].input, input);
  if (!parsed.success) {
    const where = getDotPath(parsed.issues[0]) ?? "input";
    throw new ModelProblem("request", `${name}: the ${where} is not what it expects; load the page again.`);
  }
  return (handlers[procedure] as (input: unknown, step: Step) => unknown)(parsed.output, step);
}
