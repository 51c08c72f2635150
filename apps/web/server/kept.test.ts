import { expect, it, vi } from "vitest";
import { type Keepable, Kept } from "./kept.ts";

/** What pages do not show of what is kept (kept-pages.test.ts): readers who leave, and a store that strangers fill. */

const missing = { path: "/no/such/file", state: "absent", settled: true };
const answer = (text: string, status = 200): Keepable => ({
  status,
  dependencies: [missing],
  bytes: { identity: Buffer.from(text) },
});

it("work is called off when the last reader leaves, and nobody who comes later waits for it", async () => {
  const kept = new Kept<Keepable>(10_000);
  const signals: AbortSignal[] = [];
  const make = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<Keepable>((resolve) => {
      signal.addEventListener("abort", () => resolve(answer("called off", 499)));
    });
  };
  const readers = [new AbortController(), new AbortController()] as const;
  const first = readers.map(({ signal }) => kept.get("a", make, signal));
  readers[0].abort();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  readers[1].abort();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  const later = kept.get("a", async () => answer("made"));
  expect((await later).bytes.identity?.toString()).toBe("made");
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([499, 499]);
  expect((await kept.get("a", make)).bytes.identity?.toString()).toBe("made");
  expect(signals).toHaveLength(1);
});

it("a reader who has left before he is heard does not hold work open", async () => {
  const kept = new Kept<Keepable>(10_000);
  const signals: AbortSignal[] = [];
  const make = async (signal: AbortSignal) => {
    signals.push(signal);
    return answer("made");
  };
  await kept.get("a", make, AbortSignal.abort());
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it("made-up questions take no more than the store may hold, and push out only one another", async () => {
  const kept = new Kept<Keepable>(10_000);
  const make = vi.fn(async () => answer("x".repeat(900)));
  for (let at = 0; at < 100; at++) await kept.get(`q${at}`, make);
  expect(make).toHaveBeenCalledTimes(100);
  await kept.get("q99", make);
  expect(make).toHaveBeenCalledTimes(100);
  await kept.get("q50", make);
  expect(make).toHaveBeenCalledTimes(101);
  // A long address is part of what is kept.
  await kept.get("a".repeat(10_000), make);
  await kept.get("a".repeat(10_000), make);
  expect(make).toHaveBeenCalledTimes(103);
});
