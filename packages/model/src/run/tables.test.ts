import { describe, expect, it } from "vitest";
import { readMetadata, readTable, tensor, writeTable } from "./tables.ts";

/**
 * What Python's safetensors 0.6 writes for a float32 [[1.5, -2], [0.1, 3e-8]], an int32 [1, -2, 300000], a float16
 * [1, -0.1, 65504] and a uint8 [0, 255], called a to d, with the metadata {"k": "v"}.
 */
const python = Uint8Array.from(
  (
    "f8000000000000007b225f5f6d657461646174615f5f223a7b226b223a2276227d2c2261223a7b226474797065223a22463332222c22736861" +
    "7065223a5b322c325d2c22646174615f6f666673657473223a5b302c31365d7d2c2262223a7b226474797065223a22493332222c2273686170" +
    "65223a5b335d2c22646174615f6f666673657473223a5b31362c32385d7d2c2263223a7b226474797065223a22463136222c22736861706522" +
    "3a5b335d2c22646174615f6f666673657473223a5b32382c33345d7d2c2264223a7b226474797065223a225538222c227368617065223a5b32" +
    "5d2c22646174615f6f666673657473223a5b33342c33365d7d7d20200000c03f000000c0cdcccc3d59d9003301000000feffffffe093040000" +
    "3c66aeff7b00ff"
  )
    .match(/../g)!
    .map((byte) => Number.parseInt(byte, 16)),
);

const table = {
  a: { dtype: "F32", shape: [2, 2], data: Float32Array.of(1.5, -2, 0.1, 3e-8) },
  b: { dtype: "I32", shape: [3], data: Int32Array.of(1, -2, 300_000) },
  c: { dtype: "F16", shape: [3], data: Float32Array.of(1, -0.0999755859375, 65_504) },
  d: { dtype: "U8", shape: [2], data: Uint8Array.of(0, 255) },
} as const;

describe("a table", () => {
  it("that Python wrote is read, with its metadata", () => {
    expect(readTable(python)).toEqual(table);
    expect(readMetadata(python)).toEqual({ k: "v" });
  });

  it("is written with the same data bytes as Python's, after a header that is a multiple of eight", () => {
    const bytes = writeTable(table, { k: "größer" });
    const header = new DataView(bytes.buffer).getUint32(0, true);
    expect(header % 8).toBe(0);
    expect([...bytes.subarray(8 + header)]).toEqual([...python.subarray(8 + 0xf8)]);
    expect(readTable(bytes)).toEqual(table);
    expect(readMetadata(bytes)).toEqual({ byteOrder: "little", k: "größer" });
  });

  it.each([
    ["is empty", new Uint8Array(0), "expected a safetensors header but the file of 0 bytes has none"],
    ["is cut within its header", python.subarray(0, 100), "expected a safetensors header but the file of 100 bytes"],
    ["has a header that is no JSON", Uint8Array.from(python, (byte, at) => (at === 8 ? 0x21 : byte)), "it is no JSON"],
    ["is cut within its data", python.subarray(0, -1), "tensor d: expected 2 U8 values but its bytes are cut short"],
  ])("that %s is refused in one line", (_, bytes, message) => {
    expect(() => readTable(bytes)).toThrow(message);
  });

  it("names the tensors that it has where one is missing", () => {
    expect(() => tensor(table, "e")).toThrow('expected a tensor "e" but it has a, b, c, d');
  });

  it("does not take data that do not fill their shape", () => {
    expect(() => writeTable({ a: { dtype: "U8", shape: [2, 2], data: Uint8Array.of(1) } })).toThrow(
      "tensor a: expected 4 values for [2,2] but got 1",
    );
  });
});
