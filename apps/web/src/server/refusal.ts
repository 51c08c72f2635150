import { httpStatus } from "./run-store.ts";

/** Why bytes are not answered, in one line; never cached, since the next try may find them. */
export function refuse(status: number, message: string): Response {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(`${message}\n`, { status, headers });
}

/** The same for what was thrown. */
export function refuseFor(error: unknown): Response {
  return refuse(httpStatus(error), error instanceof Error ? error.message : String(error));
}
