import { greatestSize } from "../charts/code-bars.ts";
import type { Pixels8 } from "./png.ts";

/** What a link to a page is announced with elsewhere: 1,200 × 630 pixels, as the Open Graph protocol's readers expect. */
const [width, height] = [1200, 630];
/** Pixels of a square, of its frame, and between two squares. */
const [square, frame, gap] = [308, 6, 96];
/** The colours that the site gives the two halves and the code, on its light paper. */
const colours = {
  paper: [253, 252, 250],
  encoder: [29, 111, 209],
  code: [224, 154, 26],
  decoder: [194, 48, 143],
  night: [20, 20, 23],
} as const;
type Colour = readonly [number, number, number];

/**
 * A picture, its code as tiles (the brighter the greater its number, signs aside) and the picture rebuilt, side by side
 * with an arrowhead between them.
 * @param picture side × side bytes, 0 black
 * @param rebuilt the same
 */
export function codePreview(picture: ArrayLike<number>, code: ArrayLike<number>, rebuilt: ArrayLike<number>): Pixels8 {
  const data = new Uint8ClampedArray(width * height * 4);
  const paint = (x: number, y: number, colour: Colour) => data.set([...colour, 255], (y * width + x) * 4);
  const fill = (left: number, top: number, side: number, colourAt: (x: number, y: number) => Colour) => {
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) paint(left + x, top + y, colourAt(x, y));
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) paint(x, y, colours.paper);
  const greatest = greatestSize(code) || 1;
  const tile = (value = 0): Colour => mix(colours.night, colours.code, Math.abs(value) / greatest);
  const grey = (value = 0): Colour => [value, value, value];
  const squares = [
    { frame: colours.encoder, values: picture, colourOf: grey },
    { frame: colours.code, values: code, colourOf: tile },
    { frame: colours.decoder, values: rebuilt, colourOf: grey },
  ];
  const top = (height - square) / 2;
  squares.forEach(({ frame: edge, values, colourOf }, at) => {
    const left = (width - 3 * square - 2 * gap) / 2 + at * (square + gap);
    const side = Math.ceil(Math.sqrt(values.length));
    const cell = (pixel: number) => Math.floor((pixel * side) / square);
    fill(left - frame, top - frame, square + 2 * frame, () => edge);
    fill(left, top, square, (x, y) => colourOf(values[cell(y) * side + cell(x)]));
    if (at > 0) arrowhead(left - gap / 2, height / 2, paint);
  });
  return { width, height, channels: 4, data };
}

/** A triangle that points right, 28 wide and 56 high, about a point. */
function arrowhead(x: number, y: number, paint: (x: number, y: number, colour: Colour) => void): void {
  for (let column = 0; column < 28; column++) {
    for (let row = column - 28; row < 28 - column; row++) paint(x - 14 + column, y + row, colours.night);
  }
}

function mix(from: Colour, to: Colour, part: number): Colour {
  const at = (channel: 0 | 1 | 2) => Math.round(from[channel] + (to[channel] - from[channel]) * part);
  return [at(0), at(1), at(2)];
}
