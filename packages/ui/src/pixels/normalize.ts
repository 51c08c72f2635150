import { type Ink, padPixels as picture } from "./ink.ts";

/**
 * Brings ink into the form of MNIST's digits: scaled with its proportions kept to a box of 20 × 20, anti-aliased, and
 * moved in a picture of 28 × 28 until its centre of mass is at the centre.
 * Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits" (the section on the files' making).
 */

/** Where ink goes in the 28 × 28 picture: `picture = scale * ink + offset`, both measured from the left and top edge. */
export interface Placement {
  /** Picture pixels to one ink pixel. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The extent of ink and its centre of mass, in ink pixels from the left and top edge. */
export interface InkExtent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly centreX: number;
  readonly centreY: number;
}

const box = 20;
/** While one draws, ink grows no more than this: the first dot must not fill the picture. */
const liveGrowth = 1.6;
/** MNIST's digits all have their centre of mass in the pixel right below the middle: at 14 to 15 from left and top. */
const centre = picture / 2;

/** The extent of the ink, or undefined when there is none. */
export function inkExtent({ size, values }: Ink): InkExtent | undefined {
  let [left, top, right, bottom, mass, sumX, sumY] = [size, size, -1, -1, 0, 0, 0];
  for (let row = 0, index = 0; row < size; row++) {
    for (let column = 0; column < size; column++, index++) {
      const value = values[index] as number;
      if (value === 0) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
      mass += value;
      sumX += value * (column + 0.5);
      sumY += value * (row + 0.5);
    }
  }
  if (mass === 0) return undefined;
  return { left, top, right: right + 1, bottom: bottom + 1, centreX: sumX / mass, centreY: sumY / mass };
}

/** MNIST's placement: the longer side is 20 pixels, edges fall on whole pixels, the centre of mass into pixel 14, 14. */
export function mnistPlacement(extent: InkExtent): Placement {
  const scale = box / longerSide(extent);
  const place = (near: number, far: number, mass: number) => {
    const start = Math.ceil(centre - (mass - near) * scale);
    return keptWithin(start, (far - near) * scale) - near * scale;
  };
  return {
    scale,
    x: place(extent.left, extent.right, extent.centreX),
    y: place(extent.top, extent.bottom, extent.centreY),
  };
}

/** The placement while the pen is down: moved as for MNIST, but enlarged at most 1.6 times. */
export function livePlacement(extent: InkExtent, size: number): Placement {
  const scale = Math.min(box / longerSide(extent), (liveGrowth * picture) / size);
  const place = (near: number, far: number, mass: number) =>
    keptWithin(centre + 0.5 - (mass - near) * scale, (far - near) * scale) - near * scale;
  return {
    scale,
    x: place(extent.left, extent.right, extent.centreX),
    y: place(extent.top, extent.bottom, extent.centreY),
  };
}

/** Between two placements; `part` 0 gives the first, 1 the second. */
export function betweenPlacements(from: Placement, to: Placement, part: number): Placement {
  const mix = (a: number, b: number) => (part === 1 ? b : a + (b - a) * part);
  return { scale: mix(from.scale, to.scale), x: mix(from.x, to.x), y: mix(from.y, to.y) };
}

/**
 * The ink as 28 × 28 pixels in [0, 1]: every picture pixel is the mean of the ink on the area it covers.
 * @returns 784 values, row-major.
 */
export function placeInk({ size, values }: Ink, { scale, x, y }: Placement): Float32Array {
  const columns = coverage(size, scale, x);
  const rows = coverage(size, scale, y);
  const pixels = new Float32Array(picture * picture);
  const line = new Float64Array(size);
  for (let row = 0; row < picture; row++) {
    const { start, weights } = rows[row] as Coverage;
    if (weights.length === 0) continue;
    line.fill(0);
    weights.forEach((weight, step) => {
      const at = (start + step) * size;
      for (let column = 0; column < size; column++) line[column]! += weight * (values[at + column] as number);
    });
    for (let column = 0; column < picture; column++) {
      const { start: first, weights: across } = columns[column] as Coverage;
      let sum = 0;
      for (let step = 0; step < across.length; step++) sum += (across[step] as number) * (line[first + step] as number);
      pixels[row * picture + column] = Math.min(1, sum);
    }
  }
  return pixels;
}

/** Ink as MNIST would have it, or undefined when there is none. @returns 784 values in [0, 1]. */
export function normalizeInk(ink: Ink): Float32Array | undefined {
  const extent = inkExtent(ink);
  return extent && placeInk(ink, mnistPlacement(extent));
}

/** Ink pixels under one picture pixel, and the share of the picture pixel that each covers. */
interface Coverage {
  start: number;
  weights: number[];
}

function coverage(size: number, scale: number, offset: number): Coverage[] {
  return Array.from({ length: picture }, (_, pixel) => {
    const from = Math.max(0, (pixel - offset) / scale);
    const to = Math.min(size, (pixel + 1 - offset) / scale);
    // Edges that should fall on an ink pixel's edge miss it by rounding; what is thinner than this is not there.
    const thin = 1e-6;
    const start = Math.floor(from + thin);
    const weights: number[] = [];
    for (let index = start; index < to - thin; index++) {
      weights.push((Math.min(index + 1, to) - Math.max(index, from)) * scale);
    }
    return { start, weights };
  });
}

function longerSide({ left, top, right, bottom }: InkExtent): number {
  return Math.max(right - left, bottom - top);
}

/** The start of a stretch that stays within the picture as far as its length allows. */
function keptWithin(start: number, length: number): number {
  return Math.max(0, Math.min(start, picture - length));
}
