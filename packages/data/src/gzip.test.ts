import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { gunzip } from "./gzip.ts";

const text = (of: string) => new TextEncoder().encode(of);
const plain = text("a digit in 64 numbers ".repeat(40));
const zipped = new Uint8Array(gzipSync(plain));
const without = (bytes: Uint8Array, at: number, value: number) => bytes.with(at < 0 ? bytes.length + at : at, value);

describe("gzip", () => {
  it.each([
    ["a text", plain],
    ["nothing", new Uint8Array(0)],
    ["noise", Uint8Array.from({ length: 3000 }, (_, at) => (at * 7919 * at) % 251)],
    ["a long row of zeros", new Uint8Array(50_000)],
  ])("gives back %s", (_, bytes) => {
    expect(gunzip(new Uint8Array(gzipSync(bytes)))).toEqual(bytes);
  });

  it("passes over extra field, name, comment and the header's checksum", () => {
    const header = [0x1f, 0x8b, 8, 4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3];
    const parts = [Uint8Array.from(header), text("name\0"), text("comment\0"), text("cc"), deflateRawSync(plain)];
    const bytes = Uint8Array.from([...parts.flatMap((part) => [...part]), ...zipped.slice(-8)]);
    expect(gunzip(bytes)).toEqual(plain);
  });

  it.each([
    ["whose checksum is another", without(zipped, -8, 0), "its checksum is another"],
    ["whose data were altered", without(zipped, 14, 0x55), /./],
    ["that says fewer bytes than it has", without(without(zipped, -4, 5), -3, 0), "its checksum is another"],
    ["that says more bytes than it has", without(zipped, -3, 9), /it says \d+ bytes and has 880/],
    ["that says 4 GB", zipped.with(zipped.length - 1, 255), /cannot hold the \d+ that it says/],
    ["that ends within its header", zipped.subarray(0, 9), "it is cut short"],
    ["that is cut in its data", zipped.subarray(0, 30), /./],
    ["that has another method", zipped.with(2, 7), "it is not compressed by deflate"],
    ["whose name does not end", text("\x1f\x8b\x08\x08...... no end"), /./],
  ])("refuses a file %s", (_, bytes, message) => {
    expect(() => gunzip(bytes)).toThrow(message);
  });
});
