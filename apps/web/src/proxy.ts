import { type NextRequest, NextResponse } from "next/server";
import { RunProblem, readRun } from "./server/run-store.ts";
import { runHeader } from "./shared/run-header.ts";

/** Gives every page a content security policy with a fresh nonce; everything the site uses is its own. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = btoa(crypto.randomUUID());
  const development = process.env.NODE_ENV === "development";
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ""}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'", // sizes and places of drawn things are style attributes
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
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
    await readRun(run);
    return undefined;
  } catch (error) {
    return error instanceof RunProblem && error.code !== "BROKEN" ? 404 : 500;
  }
}

/** The run that an address asks for, in its path or as `?run=`. */
function askedRun({ pathname, searchParams }: URL): string | undefined {
  return /^\/runs\/([^/]+)/.exec(pathname)?.[1] ?? searchParams.get("run") ?? undefined;
}

export const config = {
  // Pages only: files, data and the API answer without scripts.
  matcher: ["/((?!_next/|files/|data/|drawn/|api/|model-worker/|favicon).*)"],
};
