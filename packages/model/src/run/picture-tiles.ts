/**
 * Where the digits stand in `reconstructions.png`: originals in a row, their reconstructions in a row below. The trainer
 * draws by it, and a reader cuts the digits out again by it. Lengths in units of the drawing.
 */
export const pictureTiles = {
  /** Units for one pixel of a digit. */
  scale: 3,
  gap: 12,
  /** Room for the words before the first column: more than one column, less than two. */
  left: 132,
  top: 62,
  /** Pixels of the PNG for one unit. */
  zoom: 2,
} as const;

interface Size {
  rows: number;
  columns: number;
}

/** How many digits stand side by side in a PNG of this width. */
export function tileColumns(width: number, { columns }: Size): number {
  const { scale, gap, zoom } = pictureTiles;
  return Math.max(0, Math.floor((width / zoom - gap) / (columns * scale + gap)) - 1);
}

/**
 * Where one digit's first pixel lies in a PNG of this width, and how many of its pixels one pixel of the digit takes.
 * Counted from the right edge, because the words on the left need more room in some runs than in others.
 */
export function tilePlace(width: number, row: "original" | "reconstruction", position: number, size: Size) {
  const { scale, gap, top, zoom } = pictureTiles;
  const x = width / zoom - gap - (tileColumns(width, size) - position) * (size.columns * scale + gap);
  const y = top + (row === "original" ? 0 : size.rows * scale + gap);
  return { x: x * zoom, y: y * zoom, step: scale * zoom };
}

/** A pixel in [0, 1] as the byte that it is drawn, kept and compared as: a grey of 0 to 255. */
export function greyByte(pixel: number): number {
  return Math.round(Math.min(1, Math.max(0, pixel)) * 255);
}
