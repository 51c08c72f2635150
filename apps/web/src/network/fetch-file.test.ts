import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchFile } from "./fetch-file.ts";

const content = new TextEncoder().encode("weights");
const sha256 = createHash("sha256").update(content).digest("hex");
const file = { address: `/files/assignment/${sha256}/page/encoder/weights.bin`, bytes: content.length, sha256 };

const answering = (response: () => Response | Promise<Response>) => vi.stubGlobal("fetch", async () => response());
afterEach(() => vi.unstubAllGlobals());

describe("fetchFile", () => {
  it("gives the bytes that run.json names", async () => {
    answering(() => new Response(content));
    expect(await fetchFile(file)).toEqual(content);
  });

  it.each([
    [
      "an answer that is none",
      () => Promise.reject(new TypeError("offline")),
      "network",
      /weights\.bin did not load: the connection/,
    ],
    ["a missing file", () => new Response("", { status: 404 }), "network", /the server answered 404/],
    ["a shorter file", () => new Response("weight"), "damaged", /expected 7 bytes but got 6/],
    ["an altered file", () => new Response("weightz"), "damaged", /its SHA-256 is not the one in run\.json/],
  ] as const)("names the file and what is wrong with %s", async (_, response, code, message) => {
    answering(response);
    const error = await fetchFile(file).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error).toMatchObject({ message: expect.stringContaining("page/encoder/weights.bin") });
  });
});
