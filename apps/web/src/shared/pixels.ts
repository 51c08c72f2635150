/** Pictures as bytes, as MNIST has them; `floatsOf` of packages/data makes them a network's input. */

/** Width and height of one picture in pixels. */
export const pictureSide = 28;
/** Pixels of one picture. */
export const pixelCount = pictureSide ** 2;

/** One of several pictures that lie one after the other. */
export function pictureAt<Pixels extends Uint8Array | Float32Array>(pictures: Pixels, at: number): Pixels {
  return pictures.subarray(at * pixelCount, (at + 1) * pixelCount) as Pixels;
}
