import { createServer, type RequestListener, type Server } from "node:http";

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

export function createSiteServer(listener: RequestListener, limits: Partial<typeof usual> = {}): Server {
  const { idle, connections, ...timeouts } = { ...usual, ...limits };
  const server = createServer(timeouts, listener);
  server.maxConnections = connections;
  server.setTimeout(idle);
  return server;
}

/** Takes no more connections, lets running answers end, and breaks off what takes longer. @param patience milliseconds */
export function stopServer(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const breakOff = setTimeout(() => server.closeAllConnections(), patience);
    // A connection whose answer has ended would wait for its reader's next question.
    const letGo = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(breakOff);
      clearInterval(letGo);
      resolve();
    });
  });
}
