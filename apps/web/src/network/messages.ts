import * as v from "valibot";
import type { Problem } from "../shared/result.ts";
import type { ProcedureName } from "./procedures.ts";

/** What goes over the wire between page and worker: every call has an id, and what is said about it carries the same one. */

/**
 * Why something could not be done. `superseded`: it is no longer wanted; `worker`: the program broke off; `silent`: it
 * fell silent, and another one may have an answer.
 */
const codes = ["wasm", "network", "damaged", "worker", "silent", "superseded", "request"] as const;

export type NetworkProblem = Problem<(typeof codes)[number]>;

const id = v.pipe(v.number(), v.integer());

/** From the page; the input is parsed by the procedure's own schema. */
export const request = v.union([
  v.object({ id, procedure: v.string(), input: v.optional(v.unknown()) }),
  /** Ends a call that is no longer wanted; has no answer. */
  v.object({ id, cancel: v.literal(true) }),
  /** Whether the worker is alive; answered with `pong`, between the pieces of its work. */
  v.object({ ping: v.literal(true) }),
]);

/** From the worker; the value is parsed by the procedure's own schema. */
export const answer = v.union([
  v.object({ id, ok: v.literal(true), value: v.unknown() }),
  v.object({
    id,
    ok: v.literal(false),
    problem: v.object({ code: v.picklist(codes), sentence: v.string() }),
  }),
  /** Long work tells how much of it is done, 0 to 1; its result follows. */
  v.object({ id, progress: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
  v.object({ pong: v.literal(true) }),
]);

export type Request =
  | { id: number; procedure: ProcedureName; input: unknown }
  | { id: number; cancel: true }
  | { ping: true };
export type Answer = v.InferOutput<typeof answer>;
