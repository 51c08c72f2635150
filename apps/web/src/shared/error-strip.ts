/** Where the error of a test digit stands on a plot with a row for each digit and a logarithmic axis. */

/** Rows, one a digit; and how much of its height a row's dots fill. */
export const stripRows = 10;
const filled = 0.76;

/** Errors at both ends of the axis. */
export interface ErrorRange {
  low: number;
  high: number;
}

/** From 0 at the left end to 1 at the right one. */
export function placeOfError(mse: number, { low, high }: ErrorRange): number {
  return Math.log(mse / low) / Math.log(high / low);
}

/** Height of a dot within all rows, from 0 to 1: within its row by its number, so that equal errors do not hide each other. */
export function heightOfDot(digit: number, index: number): number {
  const scattered = (Math.imul(index + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
  return (digit + 0.5 + (scattered - 0.5) * filled) / stripRows;
}
