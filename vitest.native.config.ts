import { defineConfig } from "vitest/config";

/** Tests that need `npm run native`. */
export default defineConfig({
  test: { include: ["tests/native/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false },
});
