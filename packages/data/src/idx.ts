import { gunzip, isGzip } from "./gzip.ts";

/** Reads IDX, the format of MNIST's files: a big-endian header, then unsigned bytes. Source: yann.lecun.com/exdb/mnist. */

const imagesMagic = 0x00000803; // 2051: unsigned bytes, 3 dimensions
const labelsMagic = 0x00000801; // 2049: unsigned bytes, 1 dimension

/** Pictures as they lie in an IDX file. */
export interface IdxImages {
  count: number;
  rows: number;
  columns: number;
  /** [count, rows, columns], 0 (background) to 255. */
  pixels: Uint8Array;
}

export interface IdxLabels {
  count: number;
  labels: Uint8Array;
}

/** The pictures in an IDX file, gzip or plain. @param name the file's name, for errors */
export function readIdxImages(bytes: Uint8Array, name: string): IdxImages {
  const plain = unzipped(bytes, name);
  const [count, rows, columns] = readHeader(plain, name, { magic: imagesMagic, kind: "images", dimensions: 3 });
  const pixels = readBody(plain, name, { header: 16, length: count! * rows! * columns! });
  return { count: count!, rows: rows!, columns: columns!, pixels };
}

/** The labels in an IDX file, gzip or plain. @param name the file's name, for errors */
export function readIdxLabels(bytes: Uint8Array, name: string): IdxLabels {
  const plain = unzipped(bytes, name);
  const [count] = readHeader(plain, name, { magic: labelsMagic, kind: "labels", dimensions: 1 });
  return { count: count!, labels: readBody(plain, name, { header: 8, length: count! }) };
}

/** An IDX file's bytes without their gzip wrapping, if they have one. */
export function unzipped(bytes: Uint8Array, name: string): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzip(bytes);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`${name}: expected a gzip file but it is damaged (${message}); download it again`, { cause });
  }
}

interface Header {
  magic: number;
  kind: "images" | "labels";
  dimensions: number;
}

function readHeader(bytes: Uint8Array, name: string, { magic, kind, dimensions }: Header): number[] {
  const length = 4 + 4 * dimensions;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const got = bytes.length >= 4 ? view.getUint32(0) : undefined;
  if (got !== undefined && got !== magic) {
    const other = { [imagesMagic]: ", the magic of images", [labelsMagic]: ", the magic of labels" }[got] ?? "";
    throw new Error(`${name}: expected IDX ${kind} (magic ${magic}) but got magic ${got}${other}; give the right file`);
  }
  if (bytes.length < length) {
    throw new Error(
      `${name}: expected an IDX header of ${length} bytes but the file has ${bytes.length}; download it again`,
    );
  }
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  if (sizes.includes(0)) {
    throw new Error(
      `${name}: expected at least one of ${kind} but its header says ${sizes.join(" × ")}; give another file`,
    );
  }
  return sizes;
}

function readBody(bytes: Uint8Array, name: string, { header, length }: { header: number; length: number }): Uint8Array {
  const got = bytes.length - header;
  if (got !== length) {
    const what = got < length ? "it is cut short" : "it has more";
    throw new Error(`${name}: expected ${length} bytes after the header but got ${got}: ${what}; download it again`);
  }
  return bytes.subarray(header);
}
