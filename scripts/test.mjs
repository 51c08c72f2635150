// npm test: the whole gate: `npm run check`, then browser tests against a production build.
import { check, closingLine, suite } from "./lib/gate.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { CommandError, command, say } from "./lib/process.mjs";

command(async () => {
  const suites = [];
  try {
    await ensureInstalled();
    suites.push(await check());
    suites.push(await suite("browser tests", "vitest.browser.config.ts"));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    say(`error: ${error.message}`);
    if (error.suite) suites.push(error.suite);
    else suites.push({ passed: 0, failed: 1 });
  }
  return closingLine(suites);
});
