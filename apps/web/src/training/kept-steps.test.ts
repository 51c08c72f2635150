import { expect, it } from "vitest";
import { isStateStep, lastStateStep } from "./kept-steps.ts";

it("the last step whose state is kept is found at every step", () => {
  let last = 0;
  for (let step = 0; step <= 2100; step++) {
    if (isStateStep(step)) last = step;
    expect(lastStateStep(step)).toBe(last);
  }
  expect(last).toBe(2048);
});
