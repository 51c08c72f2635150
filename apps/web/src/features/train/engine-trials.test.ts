import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { trainingProgram } from "../../training/client.ts";
import { holding, keptTrials } from "./engine-trials.ts";

beforeEach(() => void vi.stubGlobal("navigator", { userAgent: "a browser" }));
afterEach(() => void vi.unstubAllGlobals());

it("holds what was found with this build in this browser, and nothing of another", () => {
  const trials = [{ engine: "webgl" as const, device: "a GPU", imagesPerSecond: 900 }];
  const kept = { program: trainingProgram, browser: "a browser", trials };
  expect(holding(kept)).toEqual(trials);
  expect(holding({ ...kept, browser: "the same after an update" })).toEqual([]);
  expect(holding({ ...kept, program: "another build" })).toEqual([]);
  expect(holding(keptTrials.empty)).toEqual([]);
});
