import { defineConfig } from "vitest/config";

/** The fuzzing of the unit tests, as often as `npm run fuzz` says. */
export default defineConfig({
  test: { include: ["tests/unit/fuzz.test.ts"], testTimeout: 3_600_000, pool: "forks" },
});
