// npm run test:slow: what takes too long for npm test; `-- evidence`, `-- kills`, `-- walks` or `-- broken` for a part of it.
import { testCommand } from "./lib/gate.mjs";
import { CommandError, command } from "./lib/process.mjs";

const parts = {
  evidence: ["slow tests: evidence", "vitest.slow.config.ts"],
  kills: ["slow tests: kills", "vitest.kills.config.ts"],
  walks: ["slow tests: walks", "vitest.browser-slow.config.ts"],
  broken: ["slow tests: broken runs", "vitest.browser-broken.config.ts"],
};

command(() => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined) {
    const known = Object.keys(parts).join(", ");
    throw new CommandError(`npm run test:slow: expected ${known} or nothing but got ${unknown}`, 2);
  }
  return testCommand((asked.length > 0 ? asked : Object.keys(parts)).map((name) => parts[name]));
});
