import { createServer, type RequestListener, type Server } from "node:http";

/** Limits for readers who are slow, or mean to be: one that sends or takes nothing is no longer waited for. Milliseconds. */
const limits = {
  /** For the head of a request; pages come from browsers, which send it at once. */
  headersTimeout: 10_000,
  /** For a whole request: none has a body. */
  requestTimeout: 15_000,
  /** Longer than a reader's glance at a page, so that the next click finds the connection open. */
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 2_000,
};

/** A connection on which nothing moves for so long is closed; a computation of ours may take its time before. */
const idleSocket = 120_000;

/** A class of hundred readers with six connections each, several times over; each costs a few kB while it waits. */
const mostConnections = 2_000;

export function createSiteServer(listener: RequestListener): Server {
  const server = createServer(limits, listener);
  server.maxConnections = mostConnections;
  server.setTimeout(idleSocket);
  return server;
}

/** Takes no more connections, lets running answers end, and breaks off what takes longer. @param patience milliseconds */
export function stopServer(server: Server, patience = 5_000): Promise<void> {
  return new Promise((resolve) => {
    const breakOff = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearTimeout(breakOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}
