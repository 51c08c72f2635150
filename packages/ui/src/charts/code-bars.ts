/** One value of the code as a bar: up from the zero line where it is positive, down where it is negative. */
export interface CodeBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CodeBarsLayout {
  readonly width: number;
  readonly height: number;
  /** Space between bars; every bar is `width / count` less this. */
  readonly gap: number;
  /** The size that fills half the height; default: the greatest of the code. */
  readonly range?: number;
  /** The values at the bottom and at the top, 0 between them; default: minus and plus the range. */
  readonly ends?: readonly [low: number, high: number] | undefined;
}

/** Bars of a code on one scale for both directions. */
export function codeBars(code: ArrayLike<number>, { width, height, gap, range, ends }: CodeBarsLayout): CodeBar[] {
  const pitch = width / code.length;
  const most = range || greatestSize(code) || 1;
  const [low, high] = ends ?? [-most, most];
  const unit = height / (high - low);
  return Array.from(code, (value, index) => {
    const size = Math.abs(value) * unit;
    return { x: index * pitch, y: high * unit - (value > 0 ? size : 0), width: pitch - gap, height: size };
  });
}

/** All bars as one path: one element to draw, however many values there are. */
export function codeBarsPath(code: ArrayLike<number>, layout: CodeBarsLayout): string {
  return codeBars(code, layout)
    .map(({ x, y, width, height }) => `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`)
    .join("");
}

/** Which value of a code of `count` is under a point `x` of a chart this wide. */
export function codeBarAt(x: number, width: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor((x / width) * count)));
}

/** The greatest size of a code's values, signs aside. */
export function greatestSize(code: ArrayLike<number>): number {
  let greatest = 0;
  for (let index = 0; index < code.length; index++) greatest = Math.max(greatest, Math.abs(code[index] as number));
  return greatest;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
