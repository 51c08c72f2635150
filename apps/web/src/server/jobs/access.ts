import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { onOneLine, shown } from "@autoencoder/model";
import { isLoopback, isLoopbackHost } from "../hosts.ts";

/** Who may have this machine train: its own browser by itself, everybody else with the token. */

/** What of a request decides. */
export interface Asking {
  method: string | undefined;
  httpVersion: string;
  headers: IncomingHttpHeaders;
  /** Of the other end of the connection; unknown counts as another machine. */
  remoteAddress: string | undefined;
}

export interface Door {
  /** Where the server listens. */
  listens: string;
  /** The site's origin as others see it, where that is set. */
  origin?: string | undefined;
  token?: string | undefined;
}

/** @param to says what to do about it */
export type Access = { allowed: true } | { allowed: false; why: string; code: "FORBIDDEN" | "UNAUTHORIZED" };

/** @param now milliseconds since 1970 */
export function accessOf(asking: Asking, door: Door, now = Date.now()): Access {
  const unsafe = notOfOurPages(asking, door);
  if (unsafe) return refused("FORBIDDEN", `${unsafe}; open the site's own page`);
  const remote = whyRemote(asking, door);
  if (!remote) return { allowed: true };
  if (door.token === undefined) {
    return refused(
      "FORBIDDEN",
      `expected this machine's own browser but ${remote}; train in a terminal, or start the site with TRAINING_TOKEN set`,
    );
  }
  if (isPassOf(cookieOf(asking.headers.cookie), door.token, now)) return { allowed: true };
  return refused("UNAUTHORIZED", `expected this machine's own browser, or the token, but ${remote}; enter the token`);
}

function refused(code: "FORBIDDEN" | "UNAUTHORIZED", why: string): Access {
  return { allowed: false, code, why: onOneLine(why, 400) };
}

/** What a page of another site could have sent: undefined where the request is one of our own pages'. */
export function notOfOurPages({ method, headers }: Asking, { origin: known }: Door): string | undefined {
  const site = headers["sec-fetch-site"];
  // Browsers leave it out where the site is neither encrypted nor on this machine.
  if (site !== undefined && site !== "same-origin") return `expected a request of this site but it is ${shown(site)}`;
  if (method !== "POST") return undefined;
  const { origin } = headers;
  const own = [known, `http://${headers.host}`, `https://${headers.host}`];
  if (origin === undefined || !own.includes(origin)) {
    return `expected this site's own Origin but got ${shown(origin)}`;
  }
  const type = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  // Neither can be sent from a page of another site unasked, as a form can.
  if (type !== "application/json" && type !== "application/octet-stream") {
    return `expected application/json, or application/octet-stream for a file, but got ${shown(type)}`;
  }
  return undefined;
}

/** What proxies add to a request; one on this machine looks like this machine's browser. */
const forwarding =
  /^(?:forwarded|via|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|(?:x-forwarded|cf|fly)-.*)$/;

/** Why a request may come from elsewhere; undefined where it cannot. What is not known counts as elsewhere. */
function whyRemote({ httpVersion, headers, remoteAddress, method }: Asking, { listens }: Door): string | undefined {
  if (!isLoopback(listens)) return "the site listens to the network";
  if (!isLoopback(remoteAddress?.replace(/^::ffff:/i, "") ?? "")) return "the request came from another machine";
  if (!isLoopbackHost(headers.host)) return `it was asked for as ${shown(headers.host)}`;
  const proxy = Object.keys(headers).find((name) => forwarding.test(name));
  if (proxy) return `a proxy passed the request on, as its header ${proxy} says`;
  if (httpVersion !== "1.1") return `it came as HTTP/${httpVersion}, as from a proxy`;
  if (headers["sec-fetch-site"] !== "same-origin")
    return "the browser did not say that this site asks (Sec-Fetch-Site)";
  if (method === "POST" && headers.origin !== `http://${headers.host}`) return "its Origin has another scheme";
  return undefined;
}

/** The cookie that stands for the token: until when it holds, signed with the token. */
const cookieName = "training";
/** Seconds: a day in the lab. */
const holds = 12 * 3600;

/** The cookie for whoever brought the token. @param secure where the site is reached by HTTPS */
export function passFor(token: string, { secure, now = Date.now() }: { secure: boolean; now?: number }): string {
  const until = String(Math.floor(now / 1000) + holds);
  const parts = [`${cookieName}=${until}.${signature(until, token)}`, "Path=/api/train", `Max-Age=${holds}`];
  return [...parts, "HttpOnly", "SameSite=Strict", ...(secure ? ["Secure"] : [])].join("; ");
}

function isPassOf(pass: string | undefined, token: string, now: number): boolean {
  const [, until = "", signed = ""] = /^(\d{1,12})\.([\w-]+)$/.exec(pass ?? "") ?? [];
  return Number(until) * 1000 > now && sameText(signed, signature(until, token));
}

function signature(until: string, token: string): string {
  return createHmac("sha256", `pass for training ${token}`).update(until).digest("base64url");
}

function cookieOf(header: string | undefined): string | undefined {
  const own = header?.split(";").find((one) => one.trim().startsWith(`${cookieName}=`));
  return own?.trim().slice(cookieName.length + 1);
}

/** Compares in a time that says nothing about where two texts differ. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Wrong tokens by address: after some of them nothing that comes from there is compared for a while. */
export class Attempts {
  static readonly most = 5;
  static readonly milliseconds = 600_000;
  /** Addresses that are remembered; beyond, the one that failed longest ago is forgotten. */
  static readonly addresses = 1000;
  readonly #wrong = new Map<string, number[]>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Minutes to wait; 0 where another attempt is free. */
  minutesToWait(address: string): number {
    const recent = this.#recent(address);
    const [oldest] = recent;
    if (oldest === undefined || recent.length < Attempts.most) return 0;
    return Math.max(1, Math.ceil((oldest + Attempts.milliseconds - this.now()) / 60_000));
  }

  addWrong(address: string): void {
    const recent = [...this.#recent(address), this.now()];
    this.#wrong.delete(address);
    this.#wrong.set(address, recent);
    const [oldest] = this.#wrong.keys();
    if (this.#wrong.size > Attempts.addresses && oldest !== undefined) this.#wrong.delete(oldest);
  }

  #recent(address: string): number[] {
    return (this.#wrong.get(address) ?? []).filter((time) => this.now() - time < Attempts.milliseconds);
  }
}
