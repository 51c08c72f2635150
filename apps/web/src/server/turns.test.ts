import { expect, it } from "vitest";
import { takingTurns } from "./turns.ts";

/** Does nothing else for some milliseconds. */
function keepBusy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it("lets others through whenever a piece of a computation has lasted long enough", async () => {
  const turn = takingTurns(5);
  let others = 0;
  const other = setInterval(() => others++, 1);
  for (let step = 0; step < 60; step++) {
    keepBusy(1);
    await turn();
  }
  clearInterval(other);
  expect(others).toBeGreaterThanOrEqual(3); // of twelve at most, with a piece of 5 ms or more each
});

it("does not wait for others before that", async () => {
  const turn = takingTurns(60_000);
  let others = 0;
  setImmediate(() => others++);
  for (let step = 0; step < 1000; step++) await turn();
  expect(others).toBe(0);
});
