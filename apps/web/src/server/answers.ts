import { createHash } from "node:crypto";
import { onOneLine } from "@autoencoder/model";
import { ZodError } from "zod";
import { httpStatus, RunProblem } from "./run-store.ts";

/** Every answer that is no page is made here: files of runs, MNIST, what is drawn of a run, and refusals. */

/**
 * What an answer carries that is no page. A run comes from a stranger: opened by itself, its SVG would run script in the
 * site's origin, and an answer of the API could be taken for a page.
 */
export const guards = {
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Nothing on the way may compress the bytes: a tag, a length and a range name them as they are. */
const kept = {
  /** The address names the bytes, by a hash. */
  forever: "public, max-age=31536000, immutable, no-transform",
  /** The bytes may be others at the next request. */
  revalidated: "no-cache, no-transform",
} as const;

interface Content {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  keep: keyof typeof kept;
  /** SHA-256 of the bytes, where it is known. */
  sha256?: string;
  /** What a browser does that opens the address by itself: it saves the file, under this name or the address's own. */
  attachment?: true | string;
}

/** Bytes, or the part of them that is asked for, or word that the reader has them already. */
export function answer(request: Request, content: Content): Response {
  const { bytes, type, keep, attachment, sha256 = hashOf(bytes) } = content;
  const etag = `"${sha256.slice(0, 32)}"`;
  const headers = new Headers({ ...guards, "content-type": type, "cache-control": kept[keep], etag });
  headers.set("accept-ranges", "bytes");
  if (attachment) headers.set("content-disposition", disposition(attachment));
  if (hasAlready(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const range = askedRange(request, etag, bytes.length);
  if (range === "unsatisfiable") {
    const expected = `expected a range of the ${bytes.length} bytes that there are`;
    return refuse(416, expected, { "content-range": `bytes */${bytes.length}` });
  }
  if (!range) return new Response(bytes, { status: 200, headers });
  headers.set("content-range", `bytes ${range.start}-${range.end - 1}/${bytes.length}`);
  return new Response(bytes.subarray(range.start, range.end), { status: 206, headers });
}

function disposition(name: true | string): string {
  return name === true ? "attachment" : `attachment; filename="${name}"`;
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Whether If-None-Match names a tag; tags are compared weakly, as RFC 9110 says. */
export function hasAlready(ifNoneMatch: string | null | undefined, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, "");
  return (ifNoneMatch ?? "").split(",").some((tag) => tag.trim() === "*" || opaque(tag) === opaque(etag));
}

/**
 * The range that is asked for, from `start` up to and without `end`. Several ranges, what is no range, and a range of
 * bytes that have changed since (If-Range) are answered whole, as RFC 9110 allows.
 */
function askedRange(
  { method, headers }: Request,
  etag: string,
  length: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(headers.get("range") ?? "") ?? [];
  if (method !== "GET" || first === undefined || last === undefined || first + last === "") return undefined;
  const unchanged = headers.get("if-range");
  if (unchanged !== null && unchanged !== etag) return undefined;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  const start = first === "" ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === "" || last === "" ? length : Math.min(length, Number(last) + 1);
  return start < end ? { start, end } : "unsatisfiable";
}

/** Letters of a refusal, which may quote what was asked. */
export const mostLetters = 600;

/** Why something is not answered, in one line; never cached, since the next try may find it. */
export function refuse(status: number, message: string, headers: Record<string, string> = {}): Response {
  const own = { ...guards, "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(`${onOneLine(message, mostLetters)}\n`, { status, headers: { ...own, ...headers } });
}

/** The answer that is worked out, or why there is none. */
export async function answering(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (request.signal.aborted) return refuse(499, "the reader has gone");
    return refuse(httpStatus(error), told(error, requestId(request)));
  }
}

/** What the server calls a request in its log. */
export function requestId({ headers }: Request): string {
  return headers.get("x-request-id") ?? "no request";
}

/**
 * What a reader is told of an error: its own words where they were written for one. What a library or the system
 * throws goes to the server's log instead, under the request's name.
 */
export function told(error: unknown, request: string): string {
  if (error instanceof RunProblem) return error.message;
  if (error instanceof ZodError) return firstIssue(error);
  if (error instanceof Error && error.constructor === Error && !("code" in error)) return error.message;
  console.error(`${request}:`, error);
  return `the server failed at this request; its log says why, under ${request}`;
}

/** The first thing that zod says against an input, as one line. */
export function firstIssue({ issues }: ZodError): string {
  const [issue] = issues;
  if (!issue) return "the input is not what is expected here";
  const words = issue.message
    .replace(/^Invalid input: /, "")
    .replace(/, received (.*)$/, (_, came) => ` but got ${inWords.get(came) ?? came}`);
  return onOneLine(`${issue.path.join(".") || "input"}: ${words}`, mostLetters);
}

/** What zod calls by the language's names. */
const inWords: ReadonlyMap<string, string> = new Map([
  ["undefined", "nothing"],
  ["NaN", "no number"],
  ["Infinity", "more than a number can hold"],
  ["-Infinity", "less than a number can hold"],
]);
