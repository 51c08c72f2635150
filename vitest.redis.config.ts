import { defineConfig } from "vitest/config";

/** Trainings on a pool: the queue on a real Redis, and workers that are killed, stopped and cut off. */
export default defineConfig({
  test: { include: ["tests/redis/**/*.test.ts"], testTimeout: 180_000, hookTimeout: 60_000, fileParallelism: false },
});
