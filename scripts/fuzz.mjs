// npm run fuzz: damaged input through every parser, 10,000 of each; `-- COUNT SEED` for more, or others.
import { testCommand } from "./lib/gate.mjs";
import { CommandError, command } from "./lib/process.mjs";

command(() => {
  const [count = "10000", seed = "1", ...more] = process.argv.slice(2);
  if (!/^[1-9]\d{0,7}$/.test(count) || !/^\d{1,9}$/.test(seed) || more.length > 0) {
    const got = process.argv.slice(2).join(" ");
    throw new CommandError(`npm run fuzz: expected nothing, a count, or a count and a seed but got ${got}`, 2);
  }
  Object.assign(process.env, { FUZZ_RUNS: count, FUZZ_SEED: seed });
  return testCommand([[`fuzzing: ${count} of each, seed ${seed}`, "vitest.fuzz.config.ts"]]);
});
