import { defineConfig } from "vitest/config";

/** Trainers that are killed, interrupted and refused by their disk, each a process. */
export default defineConfig({
  test: {
    include: ["tests/slow/kills/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    pool: "forks",
    // Each test keeps a core busy with processes of its own.
    fileParallelism: false,
    maxConcurrency: 2,
  },
});
