import { onOneLine, shown } from "@autoencoder/model";
import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError, z } from "zod";
import { firstIssue, mostLetters, told } from "../server/answers.ts";
import { dependOnUnknown } from "../server/dependencies.ts";
import { badName, httpStatus, RunProblem } from "../server/run-store.ts";
import type { Batch } from "./batch.ts";

interface Context {
  /** The request's questions; server components ask without a request. */
  batch?: Batch;
  /** What the server calls the request in its log. */
  request?: string;
}

const { router, procedure, createCallerFactory } = initTRPC.context<Context>().create({
  /** What a reader gets to see of an error: a sentence, and no stack. */
  errorFormatter({ shape, error, ctx }) {
    const { code, httpStatus: status, path } = shape.data;
    return {
      ...shape,
      message: onOneLine(sentenceFor(error, { path, request: ctx?.request ?? "no request" }), mostLetters),
      data: { code, httpStatus: status, path },
    };
  },
});

export { createCallerFactory, router };

const codes = { 400: "BAD_REQUEST", 404: "NOT_FOUND", 500: "INTERNAL_SERVER_ERROR" } as const;

/** The one place where a run's problem, or an input that is not what a procedure takes, becomes an answer of the API. */
export const query = procedure.use(async ({ ctx: { batch }, path, next }) => {
  const result = await (batch ? batch.answer(next) : next());
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof RunProblem)
    throw new TRPCError({ code: codes[httpStatus(cause)], message: cause.message, cause });
  if (cause instanceof ZodError) throw new TRPCError({ code: "BAD_REQUEST", message: firstIssue(cause), cause });
  // No run's fault: the next try may succeed, with all files as they are.
  dependOnUnknown(`the answer to ${path}`);
  return result;
});

/** What a reader is told of an error of the API. */
export function sentenceFor(
  error: TRPCError,
  { path, request }: { path: string | undefined; request: string },
): string {
  if (error.code === "NOT_FOUND" && !error.cause) return `there is no procedure ${shown(path)}; load the page again`;
  const unread = error.code === "BAD_REQUEST" && error.cause instanceof SyntaxError;
  if (unread || error.code === "PARSE_ERROR")
    return "expected the questions' inputs as JSON, in ?input= or in the body, but it cannot be read";
  // tRPC gives its code for a sentence here.
  if (error.message === "PAYLOAD_TOO_LARGE") return "expected fewer bytes than were sent; send less";
  if (error.code !== "INTERNAL_SERVER_ERROR") return error.message;
  return told(error.cause ?? error, request);
}

/** A run by its name. */
export const runInput = z.object({ name: z.string().max(100, { error: ({ input }) => badName(input) }) });

/** A test image by its number. */
export const testIndex = z.int().min(0).max(9_999);
