/** Anti-aliased ink, drawn with a round pen: what a drawing pad holds before it is normalized. */
export interface Ink {
  /** Side of the square, in ink pixels. */
  readonly size: number;
  /** 0 (paper) to 1 (full ink), row-major, `size * size` values. */
  readonly values: Float32Array;
}

/** A point of a stroke on the pad, in pixels of the 28 × 28 picture: 0 to 28 from left and top. */
export interface PadPoint {
  readonly x: number;
  readonly y: number;
}

/** One movement of the pen from down to up. */
export interface Stroke {
  /** Diameter of the pen, in pixels of the 28 × 28 picture. */
  readonly width: number;
  readonly points: readonly PadPoint[];
}

/** Side of the picture that the pad stands for. */
export const padPixels = 28;

/** Ink pixels to one pixel of the picture: enough that the edges of a stroke survive being scaled down. */
const inkScale = 10;

/** Empty ink for a pad of 28 × 28 pixels: 280 × 280. */
export function createInk(): Ink {
  const size = padPixels * inkScale;
  return { size, values: new Float32Array(size * size) };
}

/** Draws one straight piece of a stroke into the ink; where strokes cross, the darker one stays. */
export function inkSegment(ink: Ink, width: number, [from, to]: readonly [PadPoint, PadPoint]): void {
  const { size, values } = ink;
  const radius = (width * inkScale) / 2;
  const [x0, y0, x1, y1] = [from.x * inkScale, from.y * inkScale, to.x * inkScale, to.y * inkScale];
  const reach = radius + 1;
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(size - 1, Math.ceil(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(size - 1, Math.ceil(Math.max(y0, y1) + reach));
  const length2 = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [px, py] = [column + 0.5 - x0, row + 0.5 - y0];
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * (x1 - x0) + py * (y1 - y0)) / length2));
      const distance = Math.hypot(px - along * (x1 - x0), py - along * (y1 - y0));
      const coverage = Math.min(1, Math.max(0, radius + 0.5 - distance)); // a ramp one ink pixel wide
      const index = row * size + column;
      if (coverage > (values[index] as number)) values[index] = coverage;
    }
  }
}

/** The ink of whole strokes; a stroke of one point is a dot. */
export function inkStrokes(strokes: readonly Stroke[]): Ink {
  const ink = createInk();
  for (const { width, points } of strokes) {
    points.forEach((point, index) => {
      inkSegment(ink, width, [points[Math.max(0, index - 1)] as PadPoint, point]);
    });
  }
  return ink;
}
