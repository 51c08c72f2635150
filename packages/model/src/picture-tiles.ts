/**
 * Where the digits stand in `reconstructions.png`: originals in a row, their reconstructions in a row below. The trainer
 * draws by it, and a reader cuts the digits out again by it. Lengths in units of the drawing.
 */
export const pictureTiles = {
  /** Units for one pixel of a digit. */
  scale: 3,
  gap: 12,
  left: 132,
  top: 62,
  /** Pixels of the PNG for one unit. */
  zoom: 2,
} as const;

/** Where one digit's first pixel lies in the PNG, and how many of its pixels one pixel of the digit takes. */
export function tilePlace(
  row: "original" | "reconstruction",
  position: number,
  size: { rows: number; columns: number },
) {
  const { scale, gap, left, top, zoom } = pictureTiles;
  const x = left + position * (size.columns * scale + gap);
  const y = top + (row === "original" ? 0 : size.rows * scale + gap);
  return { x: x * zoom, y: y * zoom, step: scale * zoom };
}
