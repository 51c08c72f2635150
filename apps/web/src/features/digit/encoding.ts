/** Numbers as base64 text, for what the server hands to the page and for the session's storage. */

/** Little-endian float32 values as base64. */
export function encodeFloats(values: Float32Array): string {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setFloat32(index * 4, value, true);
  });
  return encodeBytes(bytes);
}

/** @throws Error when it is no base64, or no whole number of values */
export function decodeFloats(text: string): Float32Array {
  const bytes = decodeBytes(text);
  if (bytes.length % 4 !== 0) throw new Error(`expected 4 bytes a value but got ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer);
  const values = new Float32Array(bytes.length / 4);
  for (let index = 0; index < values.length; index++) values[index] = view.getFloat32(index * 4, true);
  return values;
}

export function encodeBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function decodeBytes(text: string): Uint8Array {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = characters.charCodeAt(index);
  return bytes;
}

/** A value as text, with its arrays of floats in base64. */
export type Packed<Value> = string & { readonly packed?: Value };

/** What the server hands to the page where arrays of floats lie deep in it (docs/architecture.md: why not as they are). */
export function pack<Value>(value: Value): Packed<Value> {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Float32Array) return { floats: encodeFloats(part) };
    // JSON has no such numbers, and weights that a training blew up have.
    return typeof part === "number" && !Number.isFinite(part) ? { number: String(part) } : part;
  });
}

export function unpack<Value>(packed: Packed<Value>): Value {
  return JSON.parse(packed, (_, part) => {
    if (typeof part?.floats === "string") return decodeFloats(part.floats);
    return typeof part?.number === "string" ? Number(part.number) : part;
  });
}
