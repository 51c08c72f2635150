import { describe, expect, it } from "vitest";
import { RunFault } from "./fault.ts";
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

/** The bytes of a table with this header and as many zeros as data. */
function stored(header: string, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  return bytes;
}

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

  it("whose tensor is called __proto__ is written and read like any other", () => {
    const named = Object.fromEntries([["__proto__", { dtype: "U8" as const, shape: [1], data: Uint8Array.of(9) }]]);
    expect(Object.entries(readTable(writeTable(named)))).toEqual(Object.entries(named));
  });

  it.each([
    ["is empty", new Uint8Array(0), "expected a safetensors header but the file of 0 bytes has none"],
    ["is cut within its header", python.subarray(0, 100), "expected a safetensors header but the file of 100 bytes"],
    ["has a header that is no JSON", Uint8Array.from(python, (byte, at) => (at === 8 ? 0x21 : byte)), "it is no JSON"],
    ["is cut within its data", python.subarray(0, -1), "tensor d: expected 2 U8 values but its bytes are cut short"],
  ])("that %s is refused in one line", (_, bytes, message) => {
    expect(() => readTable(bytes)).toThrow(message);
  });

  it.each<[string, string, number, string]>([
    [
      "half a length",
      '{"a":{"dtype":"U8","shape":[0.5,4],"data_offsets":[0,2]}}',
      2,
      "tensor a: expected a shape of whole",
    ],
    ["lengths below 0", '{"a":{"dtype":"U8","shape":[-1,-2],"data_offsets":[0,2]}}', 2, "but got [-1, -2]"],
    [
      "a product beyond",
      '{"a":{"dtype":"U8","shape":[9e9,9e9],"data_offsets":[0,2]}}',
      2,
      "tensor a: expected a shape",
    ],
    ["no shape", '{"a":{"dtype":"U8","data_offsets":[0,2]}}', 2, "but got nothing"],
    ["an inherited dtype", '{"a":{"dtype":"toString","shape":[2],"data_offsets":[0,2]}}', 2, 'got dtype "toString"'],
    ["null as a tensor", '{"a":null}', 0, "tensor a: expected dtype, shape and data_offsets but got null"],
    [
      "one offset",
      '{"a":{"dtype":"U8","shape":[2],"data_offsets":[2]}}',
      2,
      "expected data_offsets of two whole numbers",
    ],
    ["a list as header", '["a"]', 0, "expected a safetensors header but it is another value"],
    ["numbers as metadata", '{"__metadata__":{"a":1}}', 0, "expected metadata of texts"],
    [
      "two tensors on the same bytes",
      '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}',
      2,
      "tensor b: expected its data at byte 2 but they begin at 0",
    ],
    [
      "a gap",
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}',
      2,
      "expected its data at byte 0 but they begin at 1",
    ],
    [
      "bytes of no tensor",
      '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
      2,
      "expected 1 bytes of data but got 2",
    ],
  ])("with %s is refused in one line", (_, header, dataBytes, message) => {
    const read = () => {
      const bytes = stored(header, dataBytes);
      readMetadata(bytes);
      readTable(bytes);
    };
    expect(read).toThrow(message);
    expect(read).toThrow(RunFault);
  });

  it("may have tensors in another order than their bytes, and of any name", () => {
    const header =
      '{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"1":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}';
    const read = readTable(stored(header, 2));
    expect(Object.keys(read)).toEqual(["1", "__proto__"]);
    expect(tensor(read, "__proto__").shape).toEqual([1]);
    expect(() => tensor(read, "toString")).toThrow('expected a tensor "toString"');
  });

  it("whose header is longer than it needs to be is refused before it is parsed", () => {
    const bytes = new Uint8Array(2_000_008).fill(0x20);
    new DataView(bytes.buffer).setBigUint64(0, 2_000_000n, true);
    expect(() => readTable(bytes)).toThrow("expected a header of at most 1000000 bytes but got 2000000");
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 32n + 2n, true);
    expect(() => readTable(bytes)).toThrow("the file of 2000008 bytes has none");
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
