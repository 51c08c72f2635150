// npm run check: lint, format, types, unused code, unit tests; stops at the first failure.
import { check } from "./lib/gate.mjs";
import { command } from "./lib/process.mjs";

command(async () => {
  await check();
});
