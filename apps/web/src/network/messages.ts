import * as z from "zod/mini";
import type { Problem } from "../shared/result.ts";
import type { ProcedureName } from "./procedures.ts";

/** What goes over the wire between page and worker: every call has an id, and what is said about it carries the same one. */

/** Why something could not be done. `superseded`: it is no longer wanted; `worker`: the program broke off. */
const codes = ["wasm", "network", "damaged", "worker", "superseded", "request"] as const;

export type NetworkProblem = Problem<(typeof codes)[number]>;

/** From the page; the input is parsed by the procedure's own schema. */
export const request = z.union([
  z.object({ id: z.int(), procedure: z.string(), input: z.unknown() }),
  /** Ends a call that is no longer wanted; has no answer. */
  z.object({ id: z.int(), cancel: z.literal(true) }),
]);

/** From the worker; the value is parsed by the procedure's own schema. */
export const answer = z.union([
  z.object({ id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.object({
    id: z.int(),
    ok: z.literal(false),
    problem: z.object({ code: z.enum(codes), sentence: z.string() }),
  }),
  /** Long work tells how much of it is done, 0 to 1; its result follows. */
  z.object({ id: z.int(), progress: z.number() }),
]);

export type Request = { id: number; procedure: ProcedureName; input: unknown } | { id: number; cancel: true };
export type Answer = z.infer<typeof answer>;
