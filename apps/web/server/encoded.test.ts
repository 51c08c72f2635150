import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { chooseEncoding, encode } from "./encoded.ts";

it.each([
  [undefined, "identity"],
  ["", "identity"],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["BR", "br"],
  ["gzip;q=0.5, br;q=0.1", "br"],
  ["*", "br"],
  ["*;q=0", "identity"],
  ["br;q=0, *", "gzip"],
  ["deflate", "identity"],
  ["brotli", "identity"],
])("who accepts %j is sent %s", (accepted, encoding) => {
  expect(chooseEncoding(accepted)).toBe(encoding);
});

it("a text is the same in each encoding, and shorter where it is compressed", async () => {
  const text = "ein Text mit ü und €, ".repeat(100);
  const { bytes } = await encode(text, "", true);
  expect(bytes.identity.toString()).toBe(text);
  const { br = Buffer.of(), gzip = Buffer.of() } = bytes;
  expect(gunzipSync(gzip).toString()).toBe(text);
  expect(brotliDecompressSync(br).toString()).toBe(text);
  expect(Math.max(gzip.length, br.length)).toBeLessThan(bytes.identity.length / 10);
  expect(Object.keys((await encode(text, "", false)).bytes)).toEqual(["identity"]);
});

it("a tag names the text and what comes with it", async () => {
  const { etag } = await encode("text", "policy", true);
  expect(etag).toMatch(/^W\/"[\w-]{32}"$/);
  expect((await encode("text", "policy", true)).etag).toBe(etag);
  expect((await encode("text", "other", true)).etag).not.toBe(etag);
  expect((await encode("other", "policy", true)).etag).not.toBe(etag);
});
