import { greatestSize } from "../charts/code-bars.ts";
import type { Pixels8 } from "./png.ts";

/** Pixels of the icon to a number of the code: 64 numbers make 64 × 64. */
const tile = 8;
const amber = [233, 173, 69] as const;
const night = [20, 20, 23] as const;

/** A code as a small square of tiles, the brighter the greater its number, signs aside: 16 pixels have no room for bars. */
export function codeIcon(code: ArrayLike<number>): Pixels8 {
  const side = Math.ceil(Math.sqrt(code.length));
  const width = side * tile;
  const greatest = greatestSize(code) || 1;
  const data = new Uint8ClampedArray(width * width * 4);
  for (let pixel = 0; pixel < width * width; pixel++) {
    const [row, column] = [Math.floor(pixel / width / tile), Math.floor((pixel % width) / tile)];
    const part = Math.abs(code[row * side + column] ?? 0) / greatest;
    for (let channel = 0; channel < 3; channel++) {
      const [dark, bright] = [night[channel] as number, amber[channel] as number];
      data[pixel * 4 + channel] = dark + (bright - dark) * part;
    }
    data[pixel * 4 + 3] = 255;
  }
  return { width, height: width, channels: 4, data };
}
