/** Mean of the squared differences of two lists of the same length. @throws Error when the lengths differ. */
export function meanSquaredError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return squaredError(a, b) / a.length;
}

/** The same of pictures as bytes, over pixels in [0, 1]. */
export function byteMeanSquaredError(a: Uint8Array, b: Uint8Array): number {
  return meanSquaredError(a, b) / 255 ** 2;
}

/** Sum of the squared differences of two lists of the same length. @throws Error when the lengths differ. */
export function squaredError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length === 0) {
    throw new Error(`mean squared error: expected two lists of one length but got ${a.length} and ${b.length} values`);
  }
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += ((a[index] as number) - (b[index] as number)) ** 2;
  return sum;
}
