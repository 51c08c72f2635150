import { expect, it } from "vitest";
import { breakdownOf } from "./breakdown.ts";

const react = "Minified React error #418; visit https://react.dev/errors/418 for the full message.";
const omitted = "An error occurred in the Server Components render. The specific message is omitted in production.";
const chunk = Object.assign(new Error("Loading chunk 42 failed."), { name: "ChunkLoadError" });

it.each([
  ["an error of React's", new Error(react), /broke off in your browser while it drew .*418/, react],
  [
    "an error of ours",
    new Error("expected 784 pixels but got 3"),
    /broke off in your browser\./,
    "expected 784 pixels but got 3",
  ],
  ["an error without words", new Error(""), /broke off in your browser\./, undefined],
  [
    "an error of the server",
    Object.assign(new Error(omitted), { digest: "123" }),
    /The server .* under 123\./,
    undefined,
  ],
  [
    "an error of the server while it is developed",
    Object.assign(new Error("no table"), { digest: "1" }),
    /under 1\./,
    "no table",
  ],
  ["a script that did not load", chunk, /did not load/, "Loading chunk 42 failed."],
  [
    "a module that did not load",
    new TypeError("Failed to fetch dynamically imported module: /x.js"),
    /did not load/,
    "Failed to fetch dynamically imported module: /x.js",
  ],
])("%s becomes a sentence, with its own words beside it", (_, error, sentence, detail) => {
  const breakdown = breakdownOf(error);
  expect(breakdown.sentence).toMatch(sentence);
  expect(breakdown.sentence).not.toContain("Minified");
  expect(breakdown.detail).toBe(detail);
});
