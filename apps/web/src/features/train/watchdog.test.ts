import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Watchdog } from "./watchdog.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("notices silence, once, and not before its time", () => {
  const heard = vi.fn();
  new Watchdog(heard).watch(30);
  vi.advanceTimersByTime(29_900);
  expect(heard).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(heard.mock.calls).toEqual([[30]]);
});

it("counts anew with every word, and not at all while it rests", () => {
  const heard = vi.fn();
  const watchdog = new Watchdog(heard);
  for (let word = 0; word < 10; word++) {
    watchdog.watch(30);
    vi.advanceTimersByTime(25_000);
  }
  watchdog.rest();
  vi.advanceTimersByTime(100_000);
  expect(heard).not.toHaveBeenCalled();
});

it("does not count a night's sleep, nor what a hidden page's timers were held back", () => {
  const heard = vi.fn();
  new Watchdog(heard).watch(30);
  // Eight hours pass on the clock while no timer runs, and each minute afterwards has one tick.
  vi.advanceTimersByTime(10_000);
  vi.setSystemTime(Date.now() + 8 * 3600 * 1000);
  for (let minute = 0; minute < 10; minute++) {
    vi.setSystemTime(Date.now() + 59_000);
    vi.advanceTimersByTime(1000);
  }
  expect(heard).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(heard).toHaveBeenCalledTimes(1);
});
