import type { TRPCError } from "@trpc/server";
import type { Dependency } from "../server/dependencies.ts";
import type { RunProblemCode } from "../server/run-store.ts";

/**
 * What goes between the server and its data thread. Both ends are of one build and one process, so that nothing is parsed
 * here; what a reader sends is parsed by the procedure or the route that answers it.
 */

/** What is asked: a procedure of the API, or an address that is answered with bytes. */
export type Question = { readonly procedure: string; readonly input: unknown } | RouteQuestion;

export interface RouteQuestion {
  readonly route: RouteName;
  /** The parts of the address behind the route's own name, as they were sent. */
  readonly path: readonly string[];
  readonly request: AskedRequest;
}

export type RouteName = "api" | "data" | "drawn" | "files" | "notebooks" | "program";

/** What an answer depends on of a `Request`, as data. */
export interface AskedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: [name: string, value: string][];
}

/** A `Response` as data. */
export interface RouteAnswer {
  readonly status: number;
  readonly headers: [name: string, value: string][];
  /** Undefined where there is none, as of 304. */
  readonly body: Uint8Array<ArrayBuffer> | undefined;
}

/** Why there is no answer. */
export interface Refusal {
  readonly code: TRPCError["code"];
  readonly sentence: string;
  /** Where it is a run's fault. */
  readonly problem?: RunProblemCode | undefined;
}

/** An answer, or why there is none; and the files that it was made from, in both cases. */
export type Outcome = { readonly dependencies: readonly Dependency[] } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal }
);

export type ToThread =
  | { readonly id: number; readonly question: Question }
  /** Nobody waits for the answer any more; there will be none. */
  | { readonly id: number; readonly cancel: true };

export type FromThread = { readonly id: number; readonly outcome: Outcome };
