import { browserTests } from "./vitest.browser.config.ts";

/** Slow browser tests: every figure walked by hand, eighteen runs graded, every state of every page in every theme. */
export default browserTests("tests/slow/browser/*.test.ts");
