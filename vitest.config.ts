import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

/** Unit tests: next to what they test, and the tests of the commands and of the committed runs under tests/unit. */
export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.{ts,tsx}",
      "apps/*/{src,content,server,test}/**/*.test.{ts,tsx}",
      "tests/unit/**/*.test.ts",
    ],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // tfjs keeps its backends and kernels for a whole process: each file gets one of its own.
    pool: "forks",
    // Vitest's own choice, one fewer than the cores, leaves one of two idle.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
  },
});
