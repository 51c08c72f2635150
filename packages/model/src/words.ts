/** How errors repeat what they were given. */

/** At most so many letters on one line: a sentence may repeat a stranger's words, with line ends in them, or megabytes. */
export function onOneLine(words: string, most = 200): string {
  return words.slice(0, most).replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, " ");
}

/** A stranger's value in a few words, for an error; a text stands in quotes. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length > 8 ? `a list of ${value.length}` : `[${value.map(shown).join(", ")}]`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = onOneLine(JSON.stringify(value)); // which leaves U+2028 as it is
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What is wrong with a value among numbers, in the words after "but": readers are not told of NaN. */
export function strangeness(value: number): string {
  return Number.isNaN(value) ? "one is no number" : "one is infinite";
}
