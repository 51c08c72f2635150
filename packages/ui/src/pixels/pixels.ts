import { greyByte } from "@autoencoder/model";
import type { Pixels8 } from "./png.ts";

/** Teal for what is too bright, vermilion for what is too dark: the two ends of the signed scale. */
export const signedColours = { positive: [0, 138, 128], negative: [214, 69, 28] } as const;

/** Pixels as grey, black to white, as MNIST shows them. @param values bytes, drawn as they are, or numbers in [0, 1] */
export function greyPixels(values: Uint8Array | ArrayLike<number>, width = Math.sqrt(values.length)): Pixels8 {
  const data = values instanceof Uint8Array ? new Uint8ClampedArray(values) : Uint8ClampedArray.from(values, greyByte);
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
    const colour = value < 0 ? signedColours.negative : signedColours.positive;
    data[index * 4] = colour[0];
    data[index * 4 + 1] = colour[1];
    data[index * 4 + 2] = colour[2];
    data[index * 4 + 3] = range > 0 ? Math.round((Math.abs(value) / range) * 255) : 0;
  }
  return { width, height: values.length / width, channels: 4, data };
}

/** One opaque grey pixel of four channels; without an array of its own, for it is done 100,000 times a digit. */
export function setGrey(rgba: Uint8ClampedArray, pixel: number, grey: number): void {
  rgba[pixel * 4] = grey;
  rgba[pixel * 4 + 1] = grey;
  rgba[pixel * 4 + 2] = grey;
  rgba[pixel * 4 + 3] = 255;
}

/** The same picture with four channels, as a canvas takes it; the picture's own data where it has four. */
export function toRgba({ channels, data }: Pixels8): Pixels8["data"] {
  if (channels === 4) return data;
  const rgba = new Uint8ClampedArray(data.length * 4);
  for (let pixel = 0; pixel < data.length; pixel++) setGrey(rgba, pixel, data[pixel] as number);
  return rgba;
}

/**
 * A grey picture with the mean of each square of `side` × `side` pixels as one; squares that the edge cuts are means of what they have.
 * @param pixels opaque greys, with four channels
 */
export function averagePixels(pixels: Pixels8, side: number): Pixels8 {
  if (side === 1) return pixels;
  const [width, height] = [Math.ceil(pixels.width / side), Math.ceil(pixels.height / side)];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const [left, top] = [(at % width) * side, Math.floor(at / width) * side];
    let [sum, count] = [0, 0];
    for (let y = top; y < Math.min(top + side, pixels.height); y++) {
      for (let x = left; x < Math.min(left + side, pixels.width); x++) {
        sum += pixels.data[(y * pixels.width + x) * 4] as number;
        count++;
      }
    }
    setGrey(data, at, sum / count);
  }
  return { width, height, channels: 4, data };
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
