/** Pictures as bytes, as MNIST has them; `floatsOf` of packages/data makes them a network's input. */

/** Width and height of one picture in pixels. */
export const pictureSide = 28;
/** Pixels of one picture. */
export const pixelCount = pictureSide ** 2;

/** One of several pictures that lie one after the other. */
export function pictureAt<Pixels extends Uint8Array | Float32Array>(pictures: Pixels, at: number): Pixels {
  return pictures.subarray(at * pixelCount, (at + 1) * pixelCount) as Pixels;
}

/** A square picture moved to the right; what leaves it is lost, what comes in is black. */
export function shiftedRight(pixels: Float32Array, by: number): Float32Array {
  const side = Math.sqrt(pixels.length);
  return pixels.map((_, at) => (at % side < by ? 0 : (pixels[at - by] as number)));
}
