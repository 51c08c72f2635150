import { defineConfig } from "vitest/config";

/** Browser tests: a production build of the site, served on a free port, in a real browser. */
export default defineConfig({
  test: {
    include: ["tests/browser/**/*.test.ts"],
    globalSetup: ["tests/browser/serve.ts"],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    fileParallelism: false,
    // A page on a busy machine takes its time to become live.
    expect: { poll: { timeout: 15_000 } },
  },
});
