/** A height for comparison, and what it is. */
export interface Level {
  name: string;
  value: number;
}

/** In the drawing's units: two lines of text stand apart so far, and a label and its line with room around it take so much. */
const [apart, room] = [13, 17];

/**
 * The names of levels where they can be read, from the highest level to the lowest: each above its line, or below it where the
 * line above, or its name, is near. Of two that are too near for that, the upper one's label names both.
 * @param y the height of a value in the drawing, from its top
 */
export function levelLabels(levels: readonly Level[], y: (value: number) => number): { text: string; y: number }[] {
  const labels: { text: string; y: number }[] = [];
  let [above, shared] = [Number.NEGATIVE_INFINITY, true];
  for (const { name, value } of [...levels].sort((a, b) => b.value - a.value)) {
    const at = y(value);
    const last = labels.at(-1);
    if (last && !shared && at - above < apart) {
      last.text += `, below it ${name}`;
      shared = true;
    } else {
      const near = at - above < room || at - 4 - (last?.y ?? above) < apart;
      labels.push({ text: name, y: near ? at + apart : at - 4 });
      shared = false;
    }
    above = at;
  }
  return labels;
}
