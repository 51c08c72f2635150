import { type Shape, sizeOf } from "../network/shapes.ts";
import { shown } from "../words.ts";
import { RunFault } from "./fault.ts";
import { floatToHalf, halfToFloat } from "./half.ts";
import { isCount, isObject, parseObject, storedSize } from "./stored-json.ts";

/**
 * Binary tables in the safetensors format: an 8-byte little-endian header length, a JSON header that gives every
 * tensor's dtype, shape and byte range, then the tensors, little-endian, row-major.
 * Source: https://huggingface.co/docs/safetensors (format section).
 */

/** Types of numbers that our tables use. `F16` is stored as float16 and held as float32 here. */
export type TableType = "F32" | "F16" | "I32" | "U8";

/** One named tensor of a table. */
export type Tensor =
  | { dtype: "F32" | "F16"; shape: Shape; data: Float32Array }
  | { dtype: "I32"; shape: Shape; data: Int32Array }
  | { dtype: "U8"; shape: Shape; data: Uint8Array };

export type Table = Readonly<Record<string, Tensor>>;

const bytesOf: Record<TableType, number> = { F32: 4, F16: 2, I32: 4, U8: 1 };

/**
 * A table as the bytes of a `.safetensors` file; `metadata` goes into its header.
 * @throws Error when a tensor's data do not fill its shape.
 */
export function writeTable(table: Table, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const entries: [string, unknown][] = [["__metadata__", { byteOrder: "little", ...metadata }]];
  let offset = 0;
  for (const [name, { dtype, shape, data }] of Object.entries(table)) {
    if (sizeOf(shape) !== data.length) {
      throw new Error(`tensor ${name}: expected ${sizeOf(shape)} values for [${shape}] but got ${data.length}`);
    }
    const end = offset + data.length * bytesOf[dtype];
    entries.push([name, { dtype, shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  // From entries: a tensor may be called __proto__. Spaces pad the header so that the data start at a multiple of eight.
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const head = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  head.set(text);
  const bytes = new Uint8Array(8 + head.length + offset);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, head.length, true);
  bytes.set(head, 8);
  let at = 8 + head.length;
  for (const { dtype, data } of Object.values(table)) {
    for (let index = 0; index < data.length; index++, at += bytesOf[dtype]) {
      const value = data[index] as number;
      if (dtype === "F32") view.setFloat32(at, value, true);
      else if (dtype === "F16") view.setUint16(at, floatToHalf(value), true);
      else if (dtype === "I32") view.setInt32(at, value, true);
      else view.setUint8(at, value);
    }
  }
  return bytes;
}

/**
 * The tensors of a `.safetensors` file.
 * @throws RunFault unless header and length agree, and the tensors follow one another without gap or overlap
 */
export function readTable(bytes: Uint8Array): Table {
  const { header, data } = readHeader(bytes);
  const entries = Object.entries(header).filter(([name]) => name !== "__metadata__");
  if (entries.length > mostTensors) refuse(undefined, `at most ${mostTensors} tensors`, `it has ${entries.length}`);
  const stored = entries
    .map(([name, entry]) => storedTensor(name, entry))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let offset = 0;
  for (const { name, start, end, dtype, size } of stored) {
    if (start !== offset) refuse(name, `its data at byte ${offset}`, `they begin at ${start}`);
    if (end > data.length) refuse(name, `${size} ${dtype} values`, "its bytes are cut short");
    offset = end;
  }
  if (offset !== data.length) refuse(undefined, `${offset} bytes of data`, `got ${data.length}`);
  // From entries: a tensor may be called __proto__.
  return Object.fromEntries(stored.map((tensor) => [tensor.name, readTensor(data, tensor)]));
}

/** The metadata of a `.safetensors` file. @throws RunFault as `readTable` does. */
export function readMetadata(bytes: Uint8Array): Readonly<Record<string, string>> {
  const { __metadata__: metadata = {} } = readHeader(bytes).header;
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === "string")) {
    refuse(undefined, "metadata of texts", `got ${shown(metadata)}`);
  }
  return metadata as Record<string, string>;
}

/** The tensor called `name`. @throws RunFault that lists what the table has. */
export function tensor(table: Table, name: string): Tensor {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found) return found;
  throw new RunFault({
    expected: `a tensor "${name}"`,
    came: `it has ${Object.keys(table).join(", ") || "none"}`,
    field: "table",
    mend: damaged,
  });
}

/** Bytes of a header: a thousand tensors with long names fit. */
const mostHeader = 1_000_000;
const mostTensors = 1000;

interface StoredTensor {
  name: string;
  dtype: TableType;
  shape: Shape;
  size: number;
  start: number;
  end: number;
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The length has 64 bits; a header that needs the upper 32 is larger than any that we take.
  const length = bytes.length >= 8 && view.getUint32(4, true) === 0 ? view.getUint32(0, true) : -1;
  if (length < 2 || 8 + length > bytes.length) {
    refuse(undefined, "a safetensors header", `the file of ${bytes.length} bytes has none`);
  }
  if (length > mostHeader) refuse(undefined, `a header of at most ${mostHeader} bytes`, `got ${length}`);
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const header = parseObject(text, { what: "a safetensors header", most: mostHeader, file: "table", mend: damaged });
  return { header, data: bytes.subarray(8 + length) };
}

function storedTensor(name: string, entry: unknown): StoredTensor {
  if (!isObject(entry)) return refuse(name, "dtype, shape and data_offsets", `got ${shown(entry)}`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(bytesOf, dtype)) {
    return refuse(name, Object.keys(bytesOf).join(", "), `got dtype ${shown(dtype)}`);
  }
  const size = storedSize(shape);
  if (size === undefined) return refuse(name, "a shape of whole lengths from 0", `got ${shown(shape)}`);
  const [start, end, ...more] = Array.isArray(offsets) ? offsets : [];
  if (!isCount(start) || !isCount(end) || more.length > 0) {
    return refuse(name, "data_offsets of two whole numbers from 0", `got ${shown(offsets)}`);
  }
  if (end - start !== size * bytesOf[dtype as TableType]) {
    return refuse(name, `${size} ${dtype} values`, `its data_offsets say ${end - start} bytes`);
  }
  return { name, dtype: dtype as TableType, shape: shape as Shape, size, start, end };
}

function readTensor(data: Uint8Array, { dtype, shape, size, start, end }: StoredTensor): Tensor {
  if (dtype === "U8") return { dtype, shape, data: data.slice(start, end) };
  const view = new DataView(data.buffer, data.byteOffset + start, end - start);
  if (dtype === "I32") {
    const values = new Int32Array(size);
    for (let index = 0; index < size; index++) values[index] = view.getInt32(index * 4, true);
    return { dtype, shape, data: values };
  }
  const values = new Float32Array(size);
  for (let index = 0; index < size; index++) {
    values[index] = dtype === "F32" ? view.getFloat32(index * 4, true) : halfToFloat(view.getUint16(index * 2, true));
  }
  return { dtype, shape, data: values };
}

const damaged = "the file is damaged";

/** @param name the tensor at fault; undefined where it is the whole table */
function refuse(name: string | undefined, expected: string, came: string): never {
  const field = name === undefined ? "table" : `tensor ${name.slice(0, 80)}`;
  throw new RunFault({ field, expected, came, mend: damaged });
}
