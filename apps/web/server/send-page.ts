import type { IncomingMessage, ServerResponse } from "node:http";
import { hasAlready } from "../src/server/answers.ts";
import { chooseEncoding } from "./encoded.ts";
import type { ReadyPage } from "./kept-pages.ts";

/** Answers with a page, or with word that the reader has it already. Node leaves the body out where HEAD is asked. */
export function sendPage(page: ReadyPage, { headers }: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(page.headers)) if (value !== undefined) response.setHeader(name, value);
  response.setHeader("vary", withAcceptEncoding(String(page.headers.vary ?? "")));
  if (page.status === 200) {
    // Asked about each time, since a run may be another by now; its answer is short while it is not.
    response.setHeader("cache-control", "no-cache");
    response.setHeader("etag", page.etag);
    if (hasAlready(headers["if-none-match"], page.etag)) {
      response.writeHead(304).end();
      return;
    }
  }
  const encoding = chooseEncoding(String(headers["accept-encoding"] ?? ""));
  const encoded = page.bytes[encoding];
  if (encoded && encoding !== "identity") response.setHeader("content-encoding", encoding);
  const bytes = encoded ?? page.bytes.identity;
  response.setHeader("content-length", bytes.length);
  response.writeHead(page.status).end(bytes);
}

export function withAcceptEncoding(vary: string): string {
  if (/accept-encoding/i.test(vary)) return vary;
  return vary === "" ? "accept-encoding" : `${vary}, accept-encoding`;
}
