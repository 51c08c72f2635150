import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReadyAnswer } from "./data-answers.ts";
import { chooseEncoding } from "./encoded.ts";
import { withAcceptEncoding } from "./send-page.ts";

/** Answers with what is no page. Node leaves the body out where HEAD is asked. */
export function sendAnswer(answer: ReadyAnswer, { headers }: IncomingMessage, response: ServerResponse): void {
  const { identity, gzip } = answer.bytes;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (gzip) response.setHeader("vary", withAcceptEncoding(answer.headers.vary ?? ""));
  const compressed = gzip && chooseEncoding(headers["accept-encoding"]?.toString(), ["gzip"]) === "gzip";
  const bytes = compressed ? gzip : identity;
  if (compressed) response.setHeader("content-encoding", "gzip");
  if (bytes) response.setHeader("content-length", bytes.length);
  response.writeHead(answer.status).end(bytes);
}
