import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

/** Slow tests without a browser: what the unit tests show of a part, shown of the whole. */
export default defineConfig({
  test: {
    include: ["tests/slow/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
  },
});
