import type { Pixels8 } from "./png.ts";

/** Teal for what is too bright, vermilion for what is too dark: the two ends of the signed scale. */
export const signedColours = { positive: [0, 138, 128], negative: [214, 69, 28] } as const;

/** Pixels in [0, 1] as grey: 0 black, 1 white, as MNIST shows them. */
export function greyPixels(values: ArrayLike<number>, width: number): Pixels8 {
  const data = Uint8ClampedArray.from(values, (value) => Math.round(value * 255));
  return { width, height: values.length / width, channels: 1, data };
}

/**
 * Signed values as teal (+) or vermilion (−), the more opaque the larger; 0 is clear, so the page's paper shows.
 * @param range the value of full colour, in either direction
 */
export function signedPixels(values: ArrayLike<number>, width: number, range: number): Pixels8 {
  const data = new Uint8ClampedArray(values.length * 4);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const [red, green, blue] = value < 0 ? signedColours.negative : signedColours.positive;
    data.set([red, green, blue, range > 0 ? Math.round((Math.abs(value) / range) * 255) : 0], index * 4);
  }
  return { width, height: values.length / width, channels: 4, data };
}

/** The same picture with four channels, as a canvas takes it. */
export function toRgba({ channels, data }: Pixels8): Uint8ClampedArray<ArrayBuffer> {
  if (channels === 4) return new Uint8ClampedArray(data);
  const rgba = new Uint8ClampedArray(data.length * 4);
  for (let index = 0; index < data.length; index++) {
    const grey = data[index] as number;
    rgba.set([grey, grey, grey, 255], index * 4);
  }
  return rgba;
}

/** The square of pixels around one of them; clear where the picture ends. */
export function cropPixels(pixels: Pixels8, row: number, column: number, radius: number): Pixels8 {
  const side = 2 * radius + 1;
  const data = new Uint8ClampedArray(side * side * 4);
  const all = toRgba(pixels);
  for (let at = 0; at < side * side; at++) {
    const y = row - radius + Math.floor(at / side);
    const x = column - radius + (at % side);
    if (y < 0 || x < 0 || y >= pixels.height || x >= pixels.width) continue;
    const from = (y * pixels.width + x) * 4;
    data.set(all.subarray(from, from + 4), at * 4);
  }
  return { width: side, height: side, channels: 4, data };
}
