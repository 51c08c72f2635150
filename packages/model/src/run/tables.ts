import { type Shape, sizeOf } from "../network/shapes.ts";
import { floatToHalf, halfToFloat } from "./half.ts";

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
  const header: Record<string, unknown> = { __metadata__: { byteOrder: "little", ...metadata } };
  let offset = 0;
  for (const [name, { dtype, shape, data }] of Object.entries(table)) {
    if (sizeOf(shape) !== data.length) {
      throw new Error(`tensor ${name}: expected ${sizeOf(shape)} values for [${shape}] but got ${data.length}`);
    }
    const end = offset + data.length * bytesOf[dtype];
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  // Spaces pad the header so that the data start at a multiple of eight.
  const text = new TextEncoder().encode(JSON.stringify(header));
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

/** The tensors of a `.safetensors` file. @throws Error when header and length do not agree, or a type is not ours. */
export function readTable(bytes: Uint8Array): Table {
  const { view, headLength, header } = readHeader(bytes);
  const table: Record<string, Tensor> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets } = entry as TensorHeader;
    if (!(dtype in bytesOf)) throw new Error(`tensor ${name}: expected ${Object.keys(bytesOf)} but got dtype ${dtype}`);
    const length = sizeOf(shape);
    const start = 8 + headLength + data_offsets[0];
    if (
      data_offsets[1] - data_offsets[0] !== length * bytesOf[dtype] ||
      start + length * bytesOf[dtype] > bytes.length
    ) {
      throw new Error(`tensor ${name}: expected ${length} ${dtype} values but its bytes are cut short; it is damaged`);
    }
    table[name] = readTensor(view, start, dtype, shape);
  }
  return table;
}

/** The metadata of a `.safetensors` file. @throws Error as `readTable` does. */
export function readMetadata(bytes: Uint8Array): Readonly<Record<string, string>> {
  return (readHeader(bytes).header.__metadata__ ?? {}) as Record<string, string>;
}

/** The tensor called `name`. @throws Error that lists what the table has. */
export function tensor(table: Table, name: string): Tensor {
  const found = table[name];
  if (!found) throw new Error(`table: expected a tensor "${name}" but it has ${Object.keys(table).join(", ")}`);
  return found;
}

interface TensorHeader {
  dtype: TableType;
  shape: number[];
  data_offsets: [number, number];
}

function readHeader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headLength = bytes.length >= 8 ? view.getUint32(0, true) : -1;
  if (headLength < 2 || 8 + headLength > bytes.length) {
    throw new Error(
      `table: expected a safetensors header but the file of ${bytes.length} bytes has none; it is damaged`,
    );
  }
  try {
    const text = new TextDecoder().decode(bytes.subarray(8, 8 + headLength));
    return { view, headLength, header: JSON.parse(text) as Record<string, unknown> };
  } catch (cause) {
    throw new Error("table: expected a safetensors header but it is no JSON; the file is damaged", { cause });
  }
}

function readTensor(view: DataView, start: number, dtype: TableType, shape: Shape): Tensor {
  const length = sizeOf(shape);
  if (dtype === "U8")
    return { dtype, shape, data: new Uint8Array(view.buffer, view.byteOffset + start, length).slice() };
  if (dtype === "I32") {
    return { dtype, shape, data: Int32Array.from({ length }, (_, index) => view.getInt32(start + index * 4, true)) };
  }
  const read =
    dtype === "F32"
      ? (index: number) => view.getFloat32(start + index * 4, true)
      : (index: number) => halfToFloat(view.getUint16(start + index * 2, true));
  return { dtype, shape, data: Float32Array.from({ length }, (_, index) => read(index)) };
}
