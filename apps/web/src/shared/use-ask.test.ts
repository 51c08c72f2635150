import { afterEach, describe, expect, it, vi } from "vitest";
import { failure, type Result, success } from "./result.ts";
import { type Ask, beginAsking } from "./use-ask.ts";

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** A question that is answered when the test says so. */
function open() {
  let answer: (result: Result<number>) => void = () => {};
  let signal: AbortSignal | undefined;
  const ask: Ask<number> = (given) => {
    signal = given;
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  return { ask, answer: (result: Result<number>) => answer(result), aborted: () => signal?.aborted };
}

afterEach(() => vi.useRealTimers());

describe("a component's question", () => {
  it("tells its answer, or what is wrong, also where it throws", async () => {
    const told = vi.fn();
    beginAsking(async () => success(7), undefined, told);
    beginAsking(async () => failure("damaged", "No."), undefined, told);
    beginAsking(async () => Promise.reject(new Error("offline")), undefined, told);
    await turn();
    expect(told.mock.calls.flat()).toEqual([
      { ok: true, value: 7 },
      { ok: false, problem: { code: "damaged", sentence: "No." } },
      { ok: false, problem: { code: "failed", sentence: "offline" } },
    ]);
  });

  it("drops an answer that comes after it was called off, and one that a newer question superseded", async () => {
    const told = vi.fn();
    const late = open();
    const stop = beginAsking(late.ask, undefined, told);
    stop();
    expect(late.aborted()).toBe(true);
    late.answer(success(1));
    beginAsking(async () => failure("superseded", "A newer digit."), undefined, told);
    await turn();
    expect(told).not.toHaveBeenCalled();
  });

  it("is not asked while it changes", () => {
    vi.useFakeTimers();
    const asked = vi.fn(async () => success(1));
    const stop = beginAsking(asked, 250, () => {});
    vi.advanceTimersByTime(200);
    stop();
    beginAsking(asked, 250, () => {});
    vi.advanceTimersByTime(249);
    expect(asked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
