import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

/** Browser tests: a production build of the site, served on a free port, in a real browser. */
export const browserTests = (include: string) =>
  defineConfig({
    test: {
      include: [include],
      globalSetup: ["tests/browser/serve.ts"],
      testTimeout: 90_000,
      hookTimeout: 90_000,
      pool: "forks",
      // Two files at a time, each worker with one browser and one tfjs for all of its files.
      isolate: false,
      maxWorkers: 2,
      sequence: { sequencer: LongestFirst },
      // What a busy machine breaks passes when it runs again; the gate lists such tests by name, so that none hides.
      retry: 1,
      // A page on a busy machine takes its time to become live.
      expect: { poll: { timeout: 15_000 } },
    },
  });

export default browserTests("tests/browser/*.test.ts");
