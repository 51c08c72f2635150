import { expect, it } from "vitest";
import { startLines } from "./start-lines.ts";

it.each([
  [{ address: "127.0.0.1" }, ["Serving at http://localhost:80 (Ctrl-C stops)"]],
  [{ address: "::1" }, ["Serving at http://[::1]:80 (Ctrl-C stops)"]],
  [
    { address: "0.0.0.0" },
    [
      "Serving at http://0.0.0.0:80 (Ctrl-C stops)",
      "It answers to every IP address and to the name machine; ALLOWED_HOSTS=NAME,NAME names the only ones instead.",
    ],
  ],
  [
    { address: "::", allowed: ["ae.lab"] },
    ["Serving at http://[::]:80 (Ctrl-C stops)", "It answers to ae.lab and localhost (ALLOWED_HOSTS)."],
  ],
])("a server at %j says where it is, and to whom it answers", (at, lines) => {
  expect(startLines({ port: 80, allowed: [], ...at }, "machine")).toEqual(lines);
});
