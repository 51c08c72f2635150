/** The mean of some numbers; not a number of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard errors on each side of a 95 % interval. */
export const standardErrors95 = 1.96;

/** Wilson's 95 % interval for a share of which `count` of `of` were seen. */
export function wilson(count: number, of: number): readonly [low: number, high: number] {
  const z = standardErrors95;
  const share = count / of;
  const middle = share + z ** 2 / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const scale = 1 + z ** 2 / of;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}
