/** ` (did you mean --epochs?)` where a known word is within two letters of what was typed, or begins with it; else nothing. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const near = known
    .map((word) => ({ word, distance: word.startsWith(typed) && typed.length > 3 ? 0 : editDistance(typed, word) }))
    .filter(({ word, distance }) => distance <= (word.length < 6 ? 1 : 2))
    .sort((a, b) => a.distance - b.distance)[0];
  return near ? ` (did you mean ${near.word}?)` : "";
}

/** Letters to insert, delete or replace to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] as number) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
