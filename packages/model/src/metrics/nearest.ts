/** Rows of numbers, as many in each: [count, width] flat. */
export interface Rows {
  values: Float32Array;
  width: number;
}

export interface Neighbour {
  row: number;
  /** Euclidean. */
  distance: number;
}

/**
 * The `count` rows that are nearest to one, nearest first; of equal ones the earlier.
 * @param from the first row that is looked at
 */
export function nearestRows(
  rows: Rows,
  to: Float32Array,
  { count, from = 0 }: { count: number; from?: number },
): Neighbour[] {
  const best: { row: number; squared: number }[] = [];
  for (let row = from; row * rows.width < rows.values.length; row++) {
    const limit = best[count - 1]?.squared ?? Number.POSITIVE_INFINITY;
    const squared = squaredDistance(rows, row, { to, limit });
    if (squared >= limit) continue;
    const place = best.findIndex((known) => squared < known.squared);
    best.splice(place < 0 ? best.length : place, 0, { row, squared });
    best.length = Math.min(best.length, count);
  }
  return best.map(({ row, squared }) => ({ row, distance: Math.sqrt(squared) }));
}

/** Whether no other row is nearer to `to` than `row` is. */
export function isNearestRow(rows: Rows, row: number, to: Float32Array): boolean {
  const limit = squaredDistance(rows, row, { to, limit: Number.POSITIVE_INFINITY });
  for (let other = 0; other * rows.width < rows.values.length; other++) {
    if (other !== row && squaredDistance(rows, other, { to, limit }) < limit) return false;
  }
  return true;
}

/** Of the first `asked` rows, how many have their nearest among the last `among` rows in their own class. */
export function countNearestOfSameClass(
  rows: Rows,
  labels: ArrayLike<number>,
  { asked, among }: { asked: number; among: number },
): number {
  const { values, width } = rows;
  const from = values.length / width - among;
  let same = 0;
  for (let row = 0; row < asked; row++) {
    const own = values.subarray(row * width, (row + 1) * width);
    const [nearest] = nearestRows(rows, own, { count: 1, from });
    if (nearest && labels[nearest.row] === labels[row]) same++;
  }
  return same;
}

/** The squared distance of a row, or, as soon as it is known to be at least `limit`, some number that is. */
function squaredDistance(
  { values, width }: Rows,
  row: number,
  { to, limit }: { to: Float32Array; limit: number },
): number {
  const first = row * width;
  const middle = width >> 1; // where pictures differ most, so that most are given up soon
  let sum = 0;
  for (let at = middle; at < width && sum < limit; at++) {
    const difference = (values[first + at] as number) - (to[at] as number);
    sum += difference * difference;
  }
  for (let at = middle - 1; at >= 0 && sum < limit; at--) {
    const difference = (values[first + at] as number) - (to[at] as number);
    sum += difference * difference;
  }
  return sum;
}
