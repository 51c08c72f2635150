import { TRPCError } from "@trpc/server";
import { type NextRequest, NextResponse } from "next/server";
import { askProcedure } from "./data-thread/ask.ts";
import { guards } from "./server/answers.ts";
import { askedRun } from "./server/asked-run.ts";
import { contentPolicy } from "./server/policy.ts";
import { runHeader } from "./shared/run-header.ts";

/** What Next is asked for passes here: pages get their content security policy and status, all else its guards. */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  if (/^\/(?:files|data|drawn|api|program|notebooks)\/./.test(pathname)) return guarded();
  // The site's own code, the same for everybody; a worker that has a policy of its own could fetch nothing.
  if (/^\/(?:_next|model-worker)\/./.test(pathname)) return NextResponse.next();
  return page(request);
}

/** Routes guard their answers themselves; this is for those that Next gives in their place. */
function guarded(): NextResponse {
  const response = NextResponse.next();
  for (const [name, value] of Object.entries(guards)) response.headers.set(name, value);
  return response;
}

/** Gives a page a content security policy with a fresh nonce. Where the page is kept, hashes take the nonce's place. */
async function page(request: NextRequest): Promise<NextResponse> {
  const nonce = btoa(crypto.randomUUID());
  const inline = [`'nonce-${nonce}'`, "'strict-dynamic'"];
  const policy = contentPolicy(inline, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const run = askedRun(request.nextUrl);
  const status = await statusOf(run);
  runHeader.write(headers, run);
  const response = NextResponse.next({ request: { headers }, ...(status && { status }) });
  response.headers.set("content-security-policy", policy);
  return response;
}

/**
 * The status of a page that is asked for a run which cannot be shown. The page says what is wrong in its place; a page of
 * Next's own for it (`notFound`) would be empty without script.
 */
async function statusOf(run: string | undefined): Promise<404 | 500 | undefined> {
  if (run === undefined) return undefined;
  try {
    await askProcedure("runs.check", { name: run });
    return undefined;
  } catch (error) {
    return error instanceof TRPCError && ["BAD_REQUEST", "NOT_FOUND"].includes(error.code) ? 404 : 500;
  }
}
