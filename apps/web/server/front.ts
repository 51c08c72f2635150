import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { guards } from "../src/server/answers.ts";
import type { Listening } from "../src/server/hosts.ts";
import { isOfTraining } from "../src/trpc/train-address.ts";
import type { DataAnswers } from "./data-answers.ts";
import type { Health } from "./health.ts";
import type { KeptPages } from "./kept-pages.ts";
import type { Log } from "./log.ts";
import { pageKey } from "./page-key.ts";
import { refusalOf } from "./refusal.ts";
import { routeQuestion } from "./route-question.ts";
import { safety } from "./safety.ts";
import { sendAnswer } from "./send-answer.ts";
import { sendPage } from "./send-page.ts";

interface Parts {
  here: Listening;
  health: Health;
  /** Not where pages change while they are written: in development. */
  pages?: KeptPages;
  /** Files, numbers, pictures and questions: what is no page. */
  data: DataAnswers;
  /** Trainings on this machine. */
  training?: RequestListener;
  /** Next's request handler: for pages whose address says more than their run, and for the site's own code. */
  next: RequestListener;
  log: Log;
}

/** Milliseconds after which an answer is worth a line in the log. */
const slow = 1000;

/** Every request passes here first: refused, answered with a page that lies ready or with what the data thread has, or handed on to Next. */
export function createFront({ here, health, pages, data, training, next, log }: Parts): RequestListener {
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
    if (training && isOfTraining(url)) return training(request, response);
    const key = pages && pageKey(url, headers);
    if (pages && key !== undefined) {
      return sendPage(await pages.get(key, readerOf(response)), request, response);
    }
    const question = routeQuestion(request);
    if (question) return sendAnswer(await data.get(question, readerOf(response)), request, response);
    await next(request, response);
  }
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

/** Aborted when the reader has left before he was answered. */
function readerOf(response: ServerResponse): AbortSignal {
  const reader = new AbortController();
  response.once("close", () => {
    if (!response.writableEnded) reader.abort();
  });
  return reader.signal;
}

/** Gives a request its name, and writes down what failed or took long. */
function watch(request: IncomingMessage, response: ServerResponse, log: Log): void {
  const id = randomUUID().slice(0, 8);
  // Routes and Next's pages find it here, and so does a reader who reports a failure.
  request.headers["x-request-id"] = id;
  response.setHeader("x-request-id", id);
  const began = performance.now();
  // A stream takes as long as its reader stays.
  const streams = () => String(response.getHeader("content-type")).startsWith("text/event-stream");
  const isSlow = () => performance.now() - began > slow && !streams();
  const details = () => ({
    id,
    method: request.method,
    path: request.url?.slice(0, 200),
    milliseconds: Math.round(performance.now() - began),
  });
  let whole = false;
  response.once("finish", () => {
    whole = true;
    const { statusCode: status } = response;
    if (status >= 500 && status !== 503) log.error("an answer failed", { ...details(), status });
    else if (isSlow()) log.warn("an answer took long", { ...details(), status });
  });
  response.once("close", () => {
    if (!whole && isSlow()) log.warn("a reader left before his answer was whole", details());
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
