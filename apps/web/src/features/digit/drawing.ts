import { createInk, type Ink, inkSegment, inkStrokes, type PadPoint, padPixels, type Stroke } from "@autoencoder/ui";

/** Widths of the pen in pixels of the 28 × 28 picture; MNIST's own strokes are about as wide as the middle one. */
export const penWidths = [1.6, 2.4, 3.4] as const;

/** Strokes on the pad and the ink they leave; knows nothing of pointers or pages. */
export class Drawing {
  #strokes: Stroke[] = [];
  #ink: Ink = createInk();
  #open = false;

  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }
  get ink(): Ink {
    return this.#ink;
  }
  get empty(): boolean {
    return this.#strokes.length === 0;
  }
  /** Whether the pen is down. */
  get open(): boolean {
    return this.#open;
  }

  /** Puts the pen down; a stroke of one point is a dot. */
  begin(point: PadPoint, width: number): void {
    const at = onPad(point);
    this.#open = true;
    this.#strokes = [...this.#strokes, { width, points: [at] }];
    inkSegment(this.#ink, width, [at, at]);
  }

  /** Moves the pen that is down. */
  extend(point: PadPoint): void {
    const stroke = this.#strokes.at(-1);
    const from = stroke?.points.at(-1);
    if (!this.#open || !stroke || !from) return;
    const to = onPad(point);
    if (from.x === to.x && from.y === to.y) return;
    this.#strokes = [...this.#strokes.slice(0, -1), { ...stroke, points: [...stroke.points, to] }];
    inkSegment(this.#ink, stroke.width, [from, to]);
  }

  end(): void {
    this.#open = false;
  }

  /** Takes the last stroke away. */
  undo(): void {
    this.end();
    this.#strokes = this.#strokes.slice(0, -1);
    this.#ink = inkStrokes(this.#strokes);
  }

  clear(): void {
    this.end();
    this.#strokes = [];
    this.#ink = createInk();
  }
}

/** A stroke as SVG path data in pad pixels. */
export function strokePath({ points }: Stroke): string {
  const [first, ...rest] = points.map(({ x, y }) => `${round(x)} ${round(y)}`);
  return `M${first}L${rest.length > 0 ? rest.join("L") : first}`;
}

function onPad({ x, y }: PadPoint): PadPoint {
  const within = (value: number) => Math.min(padPixels, Math.max(0, value));
  return { x: within(x), y: within(y) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
