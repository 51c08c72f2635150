import { getTRPCErrorFromUnknown, TRPCError } from "@trpc/server";
import { RunProblem } from "../server/run-store.ts";
import type { Refusal } from "./messages.ts";

/** Errors become data where they leave the thread, and the same errors again where they arrive. */

export function refusalOf(error: unknown): Refusal {
  const { code, message, cause } = getTRPCErrorFromUnknown(error);
  return { code, sentence: message, problem: cause instanceof RunProblem ? cause.code : undefined };
}

export function errorOf({ code, sentence, problem }: Refusal): TRPCError {
  const cause = problem && new RunProblem(problem, sentence);
  return new TRPCError({ code, message: sentence, cause });
}
