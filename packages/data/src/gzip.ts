import { inflateSync } from "fflate";

/** Gzip, RFC 1952, with what fflate does not look at: the checksum and the length at its end. */

/** Bytes that deflate makes of one at the very most: 258 for 2 bits. A length beyond that is a lie. */
const mostPerByte = 1032;
/** Bytes of a file that we unzip; MNIST's largest has 47 million, EMNIST's 550. */
const mostBytes = 1_000_000_000;

/** Whether bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The contents of a gzip file of one member.
 * @throws Error that says in a clause what is wrong; no more memory is taken than its length and its size allow
 */
export function gunzip(bytes: Uint8Array): Uint8Array {
  const start = headerLength(bytes);
  const end = bytes.length - 8; // CRC-32 and length
  if (start > end) throw new Error("it is cut short");
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, 8);
  const length = trailer.getUint32(4, true);
  if (length > Math.min(mostBytes, (end - start) * mostPerByte)) {
    throw new Error(`its ${bytes.length} bytes cannot hold the ${length} that it says`);
  }
  // fflate drops what is beyond the buffer that it is given: then the checksum is another.
  const plain = inflateSync(bytes.subarray(start, end), { out: new Uint8Array(length) });
  if (plain.length !== length) throw new Error(`it says ${length} bytes and has ${plain.length}`);
  if (crc32(plain) !== trailer.getUint32(0, true)) throw new Error("its checksum is another");
  return plain;
}

/** Where the compressed data begin: after ten bytes and what the flags in the fourth announce. */
function headerLength(bytes: Uint8Array): number {
  const [, , method, flags = 0] = bytes;
  if (method !== 8) throw new Error("it is not compressed by deflate");
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256; // extra field
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1 || bytes.length; // name, comment
  return flags & 2 ? at + 2 : at; // checksum of the header
}

/** CRC-32 as gzip and PNG have it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) crc = (crcs[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The remainder of every byte. */
const crcs = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
