import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError, z } from "zod";
import { badName, httpStatus, RunProblem } from "../server/run-store.ts";

const { router, procedure, createCallerFactory } = initTRPC.create();

export { createCallerFactory, router };

const codes = { 400: "BAD_REQUEST", 404: "NOT_FOUND", 500: "INTERNAL_SERVER_ERROR" } as const;

/** The one place where a run's problem, or an input that is not what a procedure takes, becomes an answer of the API. */
export const query = procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof RunProblem)
    throw new TRPCError({ code: codes[httpStatus(cause)], message: cause.message, cause });
  if (cause instanceof ZodError) throw new TRPCError({ code: "BAD_REQUEST", message: firstIssue(cause), cause });
  return result;
});

function firstIssue({ issues }: ZodError): string {
  const [issue] = issues;
  return issue ? `${issue.path.join(".") || "input"}: ${issue.message}` : "the input is not what this procedure takes";
}

/** A run by its name. */
export const runInput = z.object({ name: z.string().max(100, { error: ({ input }) => badName(input) }) });

/** A test image by its number. */
export const testIndex = z.int().min(0).max(9_999);
