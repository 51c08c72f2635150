import { NextRequest } from "next/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { proxy } from "./proxy.ts";
import { guards } from "./server/answers.ts";

/** What happens to every request before a page or a route sees it. */

afterEach(() => vi.unstubAllEnvs());

const ask = (address: string, { host = "localhost:3000", method = "GET" } = {}) =>
  proxy(new NextRequest(new URL(address, "http://localhost:3000"), { method, headers: { host } }));
/** Whether Next goes on to the page or the route. */
const goesOn = (answer: Response) => answer.headers.get("x-middleware-next") === "1";

describe("a request under another name", () => {
  it.each([
    "/",
    "/files/assignment/run.json",
    "/api/trpc/testPca",
    "/_next/static/chunks/a.js",
    "/model-worker/a/worker.js",
  ])("is refused at %s", async (address) => {
    const answer = await ask(address, { host: "evil.com" });
    expect(answer.status).toBe(421);
    expect(await answer.text()).toMatch(/^expected one of this site's hosts .* but got "evil.com"; .*ALLOWED_HOSTS=/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ ...guards, "cache-control": "no-store" });
  });

  it("is answered where the name is allowed, and an address where the site listens to the network", async () => {
    expect(goesOn(await ask("/runs", { host: "192.168.1.5:3000" }))).toBe(false);
    vi.stubEnv("LISTEN_ADDRESS", "0.0.0.0");
    expect(goesOn(await ask("/runs", { host: "192.168.1.5:3000" }))).toBe(true);
    vi.stubEnv("ALLOWED_HOSTS", "ae.lab.example, AE2.lab.example");
    expect(goesOn(await ask("/runs", { host: "ae2.lab.example:80" }))).toBe(true);
    expect(goesOn(await ask("/runs", { host: "192.168.1.5:3000" }))).toBe(false);
  });
});

it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s is refused, on pages and routes", async (method) => {
  for (const address of ["/", "/api/trpc/testPca", "/files/assignment/run.json"]) {
    const answer = await ask(address, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
    expect(await answer.text()).toBe("expected GET or HEAD: nothing here can be changed\n");
  }
});

it.each(["/%E0%A4%A", "/chapters/%", "/files/assignment/%zz/x", "/program/%ff"])(
  "the address %s, which is no text, is refused",
  async (address) => {
    const answer = await ask(address);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/expected an address with % followed by/);
  },
);

describe("what goes on", () => {
  it("gets a policy with a fresh nonce where it is a page", async () => {
    const policies = await Promise.all(
      ["/", "/program", "/files", "/no-such-page"].map(async (address) => {
        const answer = await ask(address);
        expect(goesOn(answer)).toBe(true);
        return answer.headers.get("content-security-policy");
      }),
    );
    for (const policy of policies) {
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic' 'wasm-unsafe-eval'/);
      expect(policy).not.toMatch(/https?:|unsafe-eval'.*'unsafe-eval/);
    }
    expect(new Set(policies)).toHaveLength(policies.length);
  });

  it.each(["/files/x", "/data/x", "/drawn/x", "/api/x", "/program/x", "/notebooks/x"])(
    "is guarded at %s whatever Next answers",
    async (address) => {
      const answer = await ask(address);
      expect(goesOn(answer)).toBe(true);
      expect(Object.fromEntries(answer.headers)).toMatchObject(guards);
    },
  );

  it.each([
    ["/viewer?run=nobody", 404],
    ["/viewer?run=../../etc", 404],
    ["/chapters/training?run=nobody", 404],
    ["/grading?run=nobody", 404],
    ["/runs/nobody/report", 404],
    ["/viewer?run=assignment", 200],
    ["/?run=nobody", 200], // shows no run that is asked for
    ["/stuck?run=nobody", 200],
  ])("%s has the status %i", async (address, status) => {
    expect((await ask(address)).status).toBe(status);
  });
});
