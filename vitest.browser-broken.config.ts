import { browserTests } from "./vitest.browser.config.ts";

/** Broken runs at every address of the site. */
export default browserTests("tests/slow/broken/*.test.ts");
