/** The number that a reader typed: `-1`, `−1`, `+.5`, `0,5`; undefined for what is none, or not one yet. */
export function typedNumber(text: string): number | undefined {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}
