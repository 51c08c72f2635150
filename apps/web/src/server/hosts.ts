import { isIP } from "node:net";
import { hostname } from "node:os";
import { onOneLine } from "@autoencoder/model";

/** Where the site listens, and under which further names it may be asked for. */
export interface Listening {
  /** A name or an address, as it was given to the server. */
  address: string;
  allowed: readonly string[];
}

const loopback = ["localhost", "127.0.0.1", "::1"];

/**
 * Whether a request's Host is one of this site's. A page of another site can let its own name point at this machine (DNS
 * rebinding) and would then read everything here; its name is what gives it away.
 * @param machine this machine's own name
 */
export function acceptsHost(host: string | null, { address, allowed }: Listening, machine = hostname()): boolean {
  const name = nameOf(host);
  if (name === undefined) return false;
  if (loopback.includes(name) || allowed.includes(name)) return true;
  if (isLoopback(address) || allowed.length > 0) return false;
  const [own = ""] = machine.toLowerCase().split(".");
  return isIP(name) !== 0 || [machine.toLowerCase(), own, `${own}.local`].includes(name);
}

/** Why a host is not answered, and what to do. */
export function hostRefusal(host: string | null, { address, allowed }: Listening): string {
  const own = isLoopback(address) || allowed.length > 0 ? "" : ", an IP address or this machine's name";
  const names = onOneLine(["localhost", "127.0.0.1", "[::1]", ...allowed].join(", "));
  const got = host === null ? "none" : JSON.stringify(host.slice(0, 80));
  return `expected one of this site's hosts (${names}${own}) but got ${got}; name further ones when you start it: ALLOWED_HOSTS=NAME,NAME npm start`;
}

/** Whether a Host header names this machine itself. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = nameOf(host ?? null);
  return name !== undefined && isLoopback(name);
}

/** The name or address in a Host header, without port, brackets and the dot of the root. */
function nameOf(host: string | null): string | undefined {
  const [, address, name] = /^(?:\[([\da-f:.]+)\]|([^\s:/@[\]]+))(?::\d{1,5})?$/i.exec(host ?? "") ?? [];
  return (address ?? name)?.toLowerCase().replace(/\.$/, "");
}

export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^127\.\d+\.\d+\.\d+$/.test(address);
}
