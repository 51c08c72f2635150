import { defineConfig } from "vitest/config";

/** The fuzzing of the unit tests, as often as `npm run fuzz` says, and a table of what became of the mutants. */
export default defineConfig({
  test: {
    include: ["tests/unit/fuzz-*.test.ts"],
    globalSetup: ["tests/fixtures/fuzz-table.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
