import { afterEach, expect, it, vi } from "vitest";
import { chosenTheme } from "./theme.ts";
import { themeScript } from "./theme-script.ts";

afterEach(() => vi.unstubAllGlobals());

/** What the page's theme is when a browser has kept a text: by the module, and by the script before the first paint. */
function themes(getItem: () => string | null) {
  const dataset: { theme?: string } = {};
  vi.stubGlobal("localStorage", { getItem });
  vi.stubGlobal("document", { documentElement: { dataset } });
  new Function(themeScript)();
  return [chosenTheme(), dataset.theme];
}

it.each(["light", "dark"])("%s is the theme that was chosen", (theme) => {
  expect(themes(() => theme)).toEqual([theme, theme]);
});

it.each([null, "", "blue", '"dark"', "dark ", "__proto__"])("%j is no theme", (kept) => {
  expect(themes(() => kept)).toEqual([undefined, undefined]);
});

it("a storage that may not be read chooses none", () => {
  const denied = () => {
    throw new DOMException("denied", "SecurityError");
  };
  expect(themes(denied)).toEqual([undefined, undefined]);
});
