import { expect, it } from "vitest";
import { countSameClass, keptSameClass } from "../fixtures/nearest-by-pixels.ts";

/** References that are kept as files, computed again. */

it("the kept count of test digits whose nearest by pixels is of their class is the one that MNIST gives", () => {
  expect(keptSameClass()).toBe(countSameClass());
});
