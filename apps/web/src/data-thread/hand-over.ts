/** The arrays of numbers that answers hold. */
const kinds = [
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
] as const;

/**
 * A value for another thread, every array of numbers copied into a buffer of its own that can be transferred. The thread keeps
 * its arrays, many of which are views: cloned as it is, one picture would take all 7.8 MB of the test images along. What
 * is copied here costs the receiver nothing.
 */
export function handOver(value: unknown): { value: unknown; transfer: ArrayBuffer[] } {
  const transfer: ArrayBuffer[] = [];
  const copies = new Map<object, unknown>(); // what occurs twice stays one
  const copyOf = (part: unknown): unknown => {
    if (typeof part !== "object" || part === null) return part;
    if (!copies.has(part)) copies.set(part, copyOfObject(part));
    return copies.get(part);
  };
  const copyOfObject = (part: object): unknown => {
    for (const Kind of kinds) {
      if (!(part instanceof Kind)) continue;
      const own = new Kind(part);
      transfer.push(own.buffer);
      return own;
    }
    if (Array.isArray(part)) return part.map(copyOf);
    if (part instanceof Map) return new Map([...part].map(([key, each]) => [copyOf(key), copyOf(each)]));
    if (isPlain(part)) return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, copyOf(each)]));
    return part; // left to the structured clone, which refuses what it cannot take
  };
  return { value: copyOf(value), transfer };
}

function isPlain(part: object): boolean {
  const prototype = Object.getPrototypeOf(part);
  return prototype === Object.prototype || prototype === null;
}
