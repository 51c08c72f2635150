import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { lengthHeader } from "./answers.ts";

/** What has to happen to requests and answers where Next has no place for it: before it and after it. */
export function watchWire(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    // No `Request` can be made of TRACE, so that Next fails at it with 500. As OPTIONS it reaches `proxy.ts`, which refuses both.
    if (request.method === "TRACE") request.method = "OPTIONS";
    sayLength(response);
  });
}

/** Lets an answer say its length. */
export function sayLength(response: ServerResponse): void {
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
