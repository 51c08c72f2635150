/** A number with its sign: `+1.204`, `−0.310`. */
export function signed(value: number, decimals = 3): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(decimals)}`;
}

/** A number with a minus sign where it is negative, fixed decimals: `0.4132`, `−1.2000`. */
export function fixed(value: number, decimals = 4): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** What is left between a sum and its displayed parts: how far rounding carries them apart. */
export function roundingLeft(parts: readonly number[], sum: number, decimals = 4): number {
  const shown = (value: number) => Number(value.toFixed(decimals));
  return shown(sum) - parts.reduce((total, part) => total + shown(part), 0);
}

/** `98,848` */
export function counted(value: number): string {
  return value.toLocaleString("en-US");
}
