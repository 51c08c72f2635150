import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { guards, lengthHeader } from "../src/server/answers.ts";
import type { Listening } from "../src/server/hosts.ts";
import type { Health } from "./health.ts";
import type { KeptPages } from "./kept-pages.ts";
import type { Log } from "./log.ts";
import { pageKey } from "./page-key.ts";
import { refusalOf } from "./refusal.ts";
import { safety } from "./safety.ts";
import { sendPage } from "./send-page.ts";

interface Parts {
  here: Listening;
  health: Health;
  /** Not where pages change while they are written: in development. */
  pages?: KeptPages;
  /** Next's request handler: for pages whose address says more than their run, for files and numbers. */
  next: RequestListener;
  log: Log;
}

/** Milliseconds after which an answer is worth a line in the log. */
const slow = 1000;

/** Every request passes here first: refused, answered with a page that lies ready, or handed on to Next. */
export function createFront({ here, health, pages, next, log }: Parts): RequestListener {
  return (request, response) => {
    watch(request, response, log);
    for (const [name, value] of Object.entries(safety)) response.setHeader(name, value);
    answer(request, response).catch((error: unknown) => fail(response, error, log));
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = "/", headers } = request;
    const refusal = refusalOf({ method, url, host: headers.host }, here);
    if (refusal) return send(response, refusal.status, Object.fromEntries(refusal.headers), await refusal.text());
    if (url === "/healthz") {
      const { status, body } = await health.answer();
      return send(
        response,
        status,
        { ...guards, "content-type": "application/json", "cache-control": "no-store" },
        JSON.stringify(body),
      );
    }
    const key = pages && pageKey(url, headers);
    if (pages && key !== undefined) return sendPage(await pages.get(key), request, response);
    sayLength(response);
    await next(request, response);
  }
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

/** Lets an answer of a route say its length. */
function sayLength(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  response.writeHead = (...given: unknown[]) => {
    const length = response.getHeader(lengthHeader);
    if (length !== undefined) {
      response.removeHeader(lengthHeader);
      response.setHeader("content-length", length);
    }
    return writeHead(...given);
  };
}

/** Gives a request its name, and writes down what failed or took long. */
function watch(request: IncomingMessage, response: ServerResponse, log: Log): void {
  const id = randomUUID().slice(0, 8);
  // Routes and Next's pages find it here, and so does a reader who reports a failure.
  request.headers["x-request-id"] = id;
  response.setHeader("x-request-id", id);
  const began = performance.now();
  response.once("finish", () => {
    const milliseconds = Math.round(performance.now() - began);
    const { statusCode } = response;
    const details = { id, method: request.method, path: request.url?.slice(0, 200), status: statusCode, milliseconds };
    if (statusCode >= 500 && statusCode !== 503) log.error("an answer failed", details);
    else if (milliseconds > slow) log.warn("an answer took long", details);
  });
}

function fail(response: ServerResponse, error: unknown, log: Log): void {
  const id = String(response.getHeader("x-request-id"));
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error), { id });
  if (response.headersSent) response.destroy();
  else
    send(
      response,
      500,
      { ...guards, "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
      `the server failed at this request; its log says why, under ${id}\n`,
    );
}
