import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { Server as NetServer } from "node:net";

/** Limits for readers who are slow, or mean to be: one that sends or takes nothing is no longer waited for. Milliseconds. */
const usual = {
  /** For the head of a request; browsers send it at once. */
  headersTimeout: 10_000,
  /** For a whole request: none has a body. */
  requestTimeout: 15_000,
  /** Longer than a reader's glance at a page, so that the next click finds the connection open. */
  keepAliveTimeout: 15_000,
  /** How often the limits are looked after. */
  connectionsCheckingInterval: 2_000,
  /** For a connection on which nothing moves: longer than any computation of ours. */
  idle: 120_000,
  /** A hundred readers with six connections each, several times over; one costs a few kB while it waits. */
  connections: 2_000,
};

/** Answers that are not whole yet, by their server. */
const unfinished = new WeakMap<Server, Set<ServerResponse>>();

export function createSiteServer(listener: RequestListener, limits: Partial<typeof usual> = {}): Server {
  const { idle, connections, ...timeouts } = { ...usual, ...limits };
  const answers = new Set<ServerResponse>();
  const server = createServer(timeouts, (request, response) => {
    answers.add(response);
    response.once("close", () => answers.delete(response));
    listener(request, response);
  });
  unfinished.set(server, answers);
  server.maxConnections = connections;
  server.setTimeout(idle);
  return server;
}

/** Milliseconds for which a connection that is kept may still bring a question: longer than one is on its way. */
const grace = 500;

/**
 * Takes no more connections, and breaks off what takes longer than `patience` milliseconds. Whoever asks on a connection that
 * is kept is answered, and told that it ends: a reader who learns it with his answer asks nothing that would be lost.
 */
export function stopServer(server: Server, patience: number): Promise<void> {
  for (const response of unfinished.get(server) ?? []) endConnection(response);
  server.prependListener("request", (_, response) => endConnection(response));
  return new Promise((resolve) => {
    const breakOff = setTimeout(() => server.closeAllConnections(), patience);
    const begun = performance.now();
    const letGo = setInterval(() => {
      if (performance.now() - begun >= grace) server.closeIdleConnections();
    }, 50);
    // The `close` of an HTTP server would end kept connections at once, under questions that are on their way.
    NetServer.prototype.close.call(server, () => {
      clearTimeout(breakOff);
      clearInterval(letGo);
      resolve();
    });
  });
}

/** Says with an answer that its connection ends. One whose head is sent already is on a connection that goes when it is idle. */
function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("connection", "close");
}
