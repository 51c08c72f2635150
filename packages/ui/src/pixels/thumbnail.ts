/** A picture's thumbnail and what it gives when it is enlarged again. */
export interface Thumbnail {
  /** Its width and height. */
  readonly side: number;
  /** [side × side]: the mean of the area that each of its pixels covers. */
  readonly small: Float32Array;
  /** As large as the picture: bilinear between the centres of the thumbnail's pixels. */
  readonly enlarged: Float32Array;
}

/** Shrinks a square picture by area means and enlarges it again. @param pixels row-major */
export function thumbnail(pixels: Float32Array, side: number): Thumbnail {
  const full = Math.sqrt(pixels.length);
  const step = full / side;
  const small = new Float32Array(side * side);
  for (let at = 0; at < small.length; at++) {
    const [top, left] = [Math.floor(at / side) * step, (at % side) * step];
    let sum = 0;
    for (let y = Math.floor(top); y < top + step; y++) {
      const height = Math.min(y + 1, top + step) - Math.max(y, top);
      for (let x = Math.floor(left); x < left + step; x++) {
        const width = Math.min(x + 1, left + step) - Math.max(x, left);
        sum += (pixels[y * full + x] as number) * height * width;
      }
    }
    small[at] = sum / step ** 2;
  }
  const enlarged = new Float32Array(pixels.length);
  for (let at = 0; at < enlarged.length; at++) {
    const [y0, y1, y] = between((Math.floor(at / full) + 0.5) / step - 0.5, side);
    const [x0, x1, x] = between(((at % full) + 0.5) / step - 0.5, side);
    const value = (row: number, column: number) => small[row * side + column] as number;
    const upper = value(y0, x0) * (1 - x) + value(y0, x1) * x;
    const lower = value(y1, x0) * (1 - x) + value(y1, x1) * x;
    enlarged[at] = upper * (1 - y) + lower * y;
  }
  return { side, small, enlarged };
}

/** The two pixels that a place lies between, and how far it is from the first to the second. */
function between(place: number, side: number): [first: number, second: number, part: number] {
  const clamped = Math.max(0, Math.min(side - 1, place));
  const first = Math.min(Math.floor(clamped), side - 1);
  return [first, Math.min(first + 1, side - 1), clamped - first];
}
