import { hostname } from "node:os";
import { isLoopback, type Listening } from "../src/server/hosts.ts";

/** What is said when the site is ready: where it is, and to whom it answers where others can reach it. */
export function startLines({ address, port, allowed }: Listening & { port: number }, machine = hostname()): string[] {
  const shown = address.includes(":") ? `[${address}]` : address;
  const first = `Serving at http://${address === "127.0.0.1" ? "localhost" : shown}:${port} (Ctrl-C stops)`;
  if (isLoopback(address)) return [first];
  return [
    first,
    allowed.length > 0
      ? `It answers to ${allowed.join(", ")} and localhost (ALLOWED_HOSTS).`
      : `It answers to every IP address and to the name ${machine}; ALLOWED_HOSTS=NAME,NAME names the only ones instead.`,
  ];
}
