import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256, sha256Bytes } from "./sha256.ts";

/** Lengths about the edges of SHA-256's padding, where an implementation goes wrong first. */
const lengths = [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000];

describe("sha256", () => {
  it.each(lengths)("agrees with Node's on %i bytes, with Web Crypto and without", async (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + 7) & 255);
    const expected = createHash("sha256").update(bytes).digest("hex");
    expect(await sha256(bytes)).toBe(expected);
    expect(Buffer.from(sha256Bytes(bytes)).toString("hex")).toBe(expected);
  });
});
