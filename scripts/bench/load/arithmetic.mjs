/** The smallest of some numbers that a share of them do not exceed (nearest rank). */
export function quantile(numbers, share) {
  if (numbers.length === 0) throw new Error("expected numbers to take a quantile of but got none");
  return [...numbers].sort((a, b) => a - b)[Math.max(0, Math.ceil(numbers.length * share) - 1)];
}

/** How often something occurs, the most frequent first. */
export function tally(things) {
  const counts = new Map();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
