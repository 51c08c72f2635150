// npm test: the whole gate: `npm run check`, then browser tests against a production build.
import { check, testCommand } from "./lib/gate.mjs";
import { command } from "./lib/process.mjs";

command(() => testCommand([["browser tests", "vitest.browser.config.ts"]], async () => [await check()]));
