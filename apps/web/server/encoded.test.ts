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
  const { bytes } = await encode(text, "");
  expect(bytes.identity.toString()).toBe(text);
  expect(gunzipSync(bytes.gzip).toString()).toBe(text);
  expect(brotliDecompressSync(bytes.br).toString()).toBe(text);
  expect(Math.max(bytes.gzip.length, bytes.br.length)).toBeLessThan(bytes.identity.length / 10);
});

it("a tag names the text and what comes with it", async () => {
  const { etag } = await encode("text", "policy");
  expect(etag).toMatch(/^W\/"[\w-]{32}"$/);
  expect((await encode("text", "policy")).etag).toBe(etag);
  expect((await encode("text", "other")).etag).not.toBe(etag);
  expect((await encode("other", "policy")).etag).not.toBe(etag);
});
