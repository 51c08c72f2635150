import { type NextRequest, NextResponse } from "next/server";
import { guards, refuse } from "./server/answers.ts";
import { listening } from "./server/env.ts";
import { acceptsHost, hostRefusal } from "./server/hosts.ts";
import { httpStatus, readRun } from "./server/run-store.ts";
import { runHeader } from "./shared/run-header.ts";

/** Every request passes here first: some are refused, and each page gets its content security policy. */
export async function proxy(request: NextRequest): Promise<Response> {
  const refusal = refusalOf(request);
  if (refusal) return refusal;
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

/** What no page and no route should meet. */
function refusalOf({ method, headers, nextUrl }: NextRequest): Response | undefined {
  const host = headers.get("host");
  const here = listening();
  if (!acceptsHost(host, here)) return refuse(421, hostRefusal(host, here));
  if (method !== "GET" && method !== "HEAD") {
    return refuse(405, "expected GET or HEAD: nothing here can be changed", { allow: "GET, HEAD" });
  }
  if (!isDecodable(nextUrl.pathname)) {
    return refuse(400, "expected an address with % followed by the hexadecimal digits of UTF-8; check the address");
  }
  return undefined;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Gives a page a content security policy with a fresh nonce; everything the site uses is its own. */
async function page(request: NextRequest): Promise<NextResponse> {
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
    return httpStatus(error) === 500 ? 500 : 404;
  }
}

/** Pages that show the run which `?run=` names; the others have nothing to do with it. */
const showRuns = /^\/(?:viewer|grading|teach\/questions|chapters\/[^/]+)\/?$/;

/** The run that a page's address asks for, in its path or as `?run=`. */
function askedRun({ pathname, searchParams }: URL): string | undefined {
  const named = /^\/runs\/([^/]+)/.exec(pathname)?.[1];
  return named ?? (showRuns.test(pathname) ? (searchParams.get("run") ?? undefined) : undefined);
}
