import type { IdxImages } from "./idx.ts";

/** Pictures with their labels: bytes as they lie in their file, floats where a network takes them. */
export class ImageSet {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** Pixels of one picture. */
  readonly size: number;
  /** [count, rows, columns], 0 (background) to 255. */
  readonly pixels: Uint8Array;

  /** @param labels [count], the classes from 0 */
  constructor(
    { count, rows, columns, pixels }: IdxImages,
    readonly labels: Uint8Array,
  ) {
    this.count = count;
    this.rows = rows;
    this.columns = columns;
    this.size = rows * columns;
    this.pixels = pixels;
  }

  /** One picture, 0 to 255; with `end` all from `index` to the one before `end`. A view, not a copy. */
  bytes(index: number, end = index + 1): Uint8Array {
    return this.pixels.subarray(index * this.size, end * this.size);
  }

  /** The same in [0, 1]. */
  floats(index: number, end = index + 1): Float32Array {
    return floatsOf(this.bytes(index, end));
  }

  /** The pictures from `start` to the one before `end` as a set of their own. A view, not a copy. */
  slice(start: number, end: number): ImageSet {
    const { rows, columns, labels } = this;
    const pixels = this.bytes(start, end);
    return new ImageSet({ count: pixels.length / this.size, rows, columns, pixels }, labels.subarray(start, end));
  }

  /** The pictures of these numbers in [0, 1], one after the other: [indices.length, rows, columns, 1] flat. */
  gather(indices: Uint32Array): Float32Array {
    const pixels = new Float32Array(indices.length * this.size);
    indices.forEach((index, position) => {
      pixels.set(this.floats(index), position * this.size);
    });
    return pixels;
  }
}

/** Bytes as the pixels that a network takes: 0 to 255 becomes 0 to 1. */
export function floatsOf(bytes: Uint8Array): Float32Array {
  const floats = new Float32Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) floats[at] = (bytes[at] as number) / 255;
  return floats;
}
