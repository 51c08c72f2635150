import { describe, expect, it } from "vitest";
import { latestWins } from "./latest-wins.ts";

/** Work that ends when it is told to. */
function controlled() {
  const begun: { input: number; end: (result: string) => void; fail: (error: Error) => void }[] = [];
  const work = (input: number) => new Promise<string>((end, fail) => begun.push({ input, end, fail }));
  return { begun, ask: latestWins(work) };
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe("latestWins", () => {
  it("runs one piece of work at a time and, of those that wait, only the newest", async () => {
    const { begun, ask } = controlled();
    const outcomes = [1, 2, 3, 4].map(ask);
    expect(begun.map(({ input }) => input)).toEqual([1]);
    begun[0]?.end("one");
    await turn();
    expect(begun.map(({ input }) => input)).toEqual([1, 4]);
    begun[1]?.end("four");
    expect(await Promise.all(outcomes)).toEqual([
      { superseded: false, result: "one" },
      { superseded: true },
      { superseded: true },
      { superseded: false, result: "four" },
    ]);
  });

  it("goes on after work that failed", async () => {
    const { begun, ask } = controlled();
    const first = ask(1);
    const second = ask(2);
    begun[0]?.fail(new Error("no"));
    await expect(first).rejects.toThrow("no");
    await turn();
    begun[1]?.end("two");
    expect(await second).toEqual({ superseded: false, result: "two" });
  });
});
