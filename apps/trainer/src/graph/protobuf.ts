/**
 * Protocol buffers' wire format, as far as it takes to write a graph.
 * Source: https://protobuf.dev/programming-guides/encoding/.
 */

/** A field of a message, as its bytes. */
export type Field = Uint8Array;

const wire = { varint: 0, bytes: 2, float: 5 } as const;

/** A whole number, an enum or a truth value: 64 bits, negative ones in two's complement. */
export function integer(field: number, value: number | boolean): Field {
  return Uint8Array.from([...varint((field << 3) | wire.varint), ...varint(Number(value))]);
}

/** A float of 32 bits. */
export function float(field: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined([Uint8Array.from(varint((field << 3) | wire.float)), bytes]);
}

/** A string or a string of bytes. */
export function bytes(field: number, value: string | Uint8Array): Field {
  const content = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return joined([Uint8Array.from([...varint((field << 3) | wire.bytes), ...varint(content.length)]), content]);
}

/** A message within a message. */
export function message(field: number, fields: readonly Field[]): Field {
  return bytes(field, joined(fields));
}

/** Whole numbers of a repeated field, in its packed form. */
export function integers(field: number, values: readonly (number | boolean)[]): Field {
  return bytes(field, Uint8Array.from(values.flatMap((value) => varint(Number(value)))));
}

/** Fields one after the other: a message of its own. */
export function joined(fields: readonly Field[]): Uint8Array {
  const whole = new Uint8Array(fields.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const field of fields) {
    whole.set(field, offset);
    offset += field.length;
  }
  return whole;
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}
