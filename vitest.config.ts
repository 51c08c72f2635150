import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

/** Unit tests: next to what they test, and the tests of the commands and of the committed runs under tests/unit. */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    // Vitest's own choice, one fewer than the cores, leaves one of two idle.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "own process",
          // tfjs keeps its backends and kernels for a whole process: each of these files gets one of its own.
          include: ["{packages/model,apps/trainer}/src/**/*.test.{ts,tsx}", "tests/unit/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "shared process",
          // What these import is loaded once for all of them, in half the time.
          include: [
            "packages/{data,jobs,ui}/src/**/*.test.{ts,tsx}",
            "apps/web/{src,content,server,test}/**/*.test.{ts,tsx}",
          ],
          isolate: false,
        },
      },
    ],
  },
});
