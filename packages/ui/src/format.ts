/** How numbers are printed, on pages, in reports and in pictures. */

/** `98,848`; whole numbers without `toLocaleString`, whose first call takes a phone 60 ms of a page's start. */
export function integer(value: number): string {
  if (!Number.isSafeInteger(value)) return value.toLocaleString("en-US");
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Fixed decimals, with a minus sign where it is negative: `0.4132`, `−1.2000`; what rounds to 0 has none; `–` and `∞`. */
export function fixed(value: number, decimals = 4): string {
  if (Number.isNaN(value)) return "–"; // 0 ÷ 0: an error of 0 over a baseline of 0
  const text = Number.isFinite(value) ? Math.abs(value).toFixed(decimals) : "∞";
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Fixed decimals with a sign in any case: `+1.204`, `−0.310`. */
export function signed(value: number, decimals = 3): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(decimals)}`;
}

/** A printed number without the 0 before its point, where room is short: `.992`, `+.171`. */
export function withoutZero(printed: string): string {
  return printed.replace(/^([+−]?)0\./, "$1.");
}

/** A part of 1 in hundredths: `12.3 %`. */
export function percent(part: number, decimals = 1): string {
  return `${fixed(part * 100, decimals)} %`;
}

/** A loss or an error, to five decimals: `0.00213`; `not finite` for what a run records as null. */
export function printedLoss(value: number | null): string {
  return value === null ? "not finite" : value.toFixed(5);
}

/** A PSNR in dB: `27.58`; `∞` for what a run records as null. */
export function printedPsnr(decibels: number | null): string {
  return fixed(decibels ?? Number.POSITIVE_INFINITY, 2);
}

/** A very small or very large number: `2.2e−1`; `–` where nothing was measured. */
export function exponential(value: number, decimals = 1): string {
  if (Number.isNaN(value)) return "–";
  return value === 0 ? "0" : value.toExponential(decimals).replaceAll("-", "−");
}

/** A sum as it is printed. */
export interface PrintedSum {
  readonly parts: readonly string[];
  readonly sum: string;
  /** What the printed parts add up to, where that is another number than the printed sum: the page then says so. */
  readonly printed: string | undefined;
}

/**
 * Parts and their sum, each rounded by itself from the unrounded number.
 * @param decimals of the parts
 * @param sumDecimals of the sum
 */
export function printedSum(parts: readonly number[], sum: number, decimals = 4, sumDecimals = decimals): PrintedSum {
  // Whole units of the last printed digit: they add up exactly.
  const unit = 10 ** Math.max(decimals, sumDecimals);
  const units = (value: number, digits: number) => Math.round(Number(value.toFixed(digits)) * unit);
  const total = parts.reduce((sum, part) => sum + units(part, decimals), 0);
  return {
    parts: parts.map((part) => signed(part, decimals)),
    sum: signed(sum, sumDecimals),
    printed: total === units(sum, sumDecimals) ? undefined : signed(total / unit, decimals),
  };
}
