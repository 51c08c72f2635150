/** Pixels stay bytes, as MNIST has them, until a network needs floats. */

/** Pixels of one picture: 28 × 28. */
export const pixelCount = 784;

/** Bytes 0 to 255 as floats in [0, 1], as the network takes them. */
export function pixelFloats(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, (byte) => byte / 255);
}

/** One of several pictures that lie one after the other. */
export function pictureAt<Pixels extends Uint8Array | Float32Array>(pictures: Pixels, at: number): Pixels {
  return pictures.subarray(at * pixelCount, (at + 1) * pixelCount) as Pixels;
}
