import { defineConfig } from "vitest/config";

/** Tests of the notebook, which `npm run test:notebook` prepares. */
export default defineConfig({
  test: {
    include: ["tests/notebook/**/*.test.ts"],
    testTimeout: 60_000,
    // A whole execution: a checkout's dependencies, a short training, Keras.
    hookTimeout: 900_000,
    fileParallelism: false,
  },
});
