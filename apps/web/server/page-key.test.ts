import { expect, it } from "vitest";
import { pageKey } from "./page-key.ts";

it.each([
  "/",
  "/viewer",
  "/runs/code-of-32/report",
  "/viewer?run=assignment",
  "/chapters/training?run=code-of-32",
  "/grading?run=nobody",
])("%s is a page that can be kept, under its address", (address) => {
  expect(pageKey(address, { host: "localhost", accept: "text/html" })).toBe(address);
});

it.each([
  ["says more than its run", "/viewer?layer=conv1"],
  ["says more than its run", "/viewer?run=assignment&layer=conv1"],
  ["says its run in another way", "/viewer?run=%61ssignment"],
  ["says its run twice", "/viewer?run=a&run=b"],
  ["hides a query in the run's name", "/viewer?run=a?b"],
  ["has a run that is no name", "/viewer?run=../../etc"],
  ["has a query without a word", "/viewer?"],
  ["has a run that it does not show", "/?run=assignment"],
  ["has a run that it does not show", "/stuck?run=assignment"],
  ["is written in another way", "/%76iewer"],
  ["is written in another way", "//viewer"],
  ["is written in another way", "/viewer/"],
  ["is no path", "http://evil.com/viewer"],
  ["is no page", "/_next/static/chunks/a.js"],
  ["is no page", "/model-worker/a/worker.js"],
  ["is no page", "/files/assignment/abc/history"],
  ["is no page", "/api/trpc/testpca"],
  ["is no page", "/program/constructor"],
])("what %s is not kept: %s", (_, address) => {
  expect(pageKey(address, {})).toBeUndefined();
});

it.each(["rsc", "next-router-state-tree", "next-router-prefetch", "next-url", "next-action"])(
  "Next's own question, with the header %s, is not answered with a page",
  (name) => {
    expect(pageKey("/viewer", { [name]: "1" })).toBeUndefined();
  },
);
