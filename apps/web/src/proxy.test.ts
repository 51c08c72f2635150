import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { proxy } from "./proxy.ts";
import { guards } from "./server/answers.ts";

/** What happens to a request that Next is asked, before a page or a route sees it. */

const ask = (address: string) => proxy(new NextRequest(new URL(address, "http://localhost:3000")));
/** Whether Next goes on to the page or the route. */
const goesOn = (answer: Response) => answer.headers.get("x-middleware-next") === "1";

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
