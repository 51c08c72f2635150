import { describe, expect, it } from "vitest";
import { guards } from "../src/server/answers.ts";
import type { Listening } from "../src/server/hosts.ts";
import { refusalOf } from "./refusal.ts";

/** What is refused before a page or a route sees it, and what is not. */

const here: Listening = { address: "127.0.0.1", allowed: [] };
const ask = (url: string, { host = "localhost:3000", method = "GET", at = here } = {}) =>
  refusalOf({ url, host, method }, at);

describe("a request under another name", () => {
  it.each([
    "/",
    "/files/assignment/run.json",
    "/api/trpc/testPca",
    "/_next/static/chunks/a.js",
    "/model-worker/a/worker.js",
    "/healthz",
  ])("is refused at %s", async (address) => {
    const answer = ask(address, { host: "evil.com" });
    expect(answer?.status).toBe(421);
    expect(await answer?.text()).toMatch(/^expected one of this site's hosts .* but got "evil.com"; .*ALLOWED_HOSTS=/);
    expect(Object.fromEntries(answer?.headers ?? [])).toMatchObject({ ...guards, "cache-control": "no-store" });
  });

  it("is answered where the name is allowed, and an address where the site listens to the network", () => {
    const host = "192.168.1.5:3000";
    expect(ask("/runs", { host })?.status).toBe(421);
    const toAll = { address: "0.0.0.0", allowed: [] };
    expect(ask("/runs", { host, at: toAll })).toBeUndefined();
    const named = { address: "0.0.0.0", allowed: ["ae.lab.example", "ae2.lab.example"] };
    expect(ask("/runs", { host: "ae2.lab.example:80", at: named })).toBeUndefined();
    expect(ask("/runs", { host, at: named })?.status).toBe(421);
  });

  it("is refused where it has no name at all", () => {
    expect(refusalOf({ url: "/", host: undefined, method: "GET" }, here)?.status).toBe(421);
  });
});

it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])(
  "%s is refused, on pages and routes",
  async (method) => {
    for (const address of ["/", "/api/trpc/testPca", "/files/assignment/run.json"]) {
      const answer = ask(address, { method });
      expect(answer?.status).toBe(405);
      expect(answer?.headers.get("allow")).toBe("GET, HEAD");
      expect(await answer?.text()).toBe("expected GET or HEAD: nothing here can be changed\n");
    }
  },
);

it.each(["/%E0%A4%A", "/chapters/%", "/files/assignment/%zz/x", "/program/%ff"])(
  "the address %s, which is no text, is refused",
  async (address) => {
    const answer = ask(address);
    expect(answer?.status).toBe(400);
    expect(await answer?.text()).toMatch(/expected an address with % followed by/);
  },
);

it.each(["/", "/no-such-page", "/viewer?run=%", "/chapters/%E2%82%AC"])("%s goes on", (address) => {
  expect(ask(address)).toBeUndefined();
  expect(ask(address, { method: "HEAD" })).toBeUndefined();
});
