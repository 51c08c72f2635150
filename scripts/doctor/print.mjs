// The doctor's words on a terminal, as narrow as 40 columns.

const marks = { ok: "ok", note: "note", fail: "FAIL" };
/** Of a terminal: red, yellow and green. */
const colours = { ok: 32, note: 33, fail: 31 };
const indent = "     ";

/** A group of findings under its title. */
export function group(title, findings, { columns, coloured }) {
  const lines = findings.flatMap(({ state, about, found, next }) => {
    const [first, ...others] = wrapped(`${about}: ${found}`, columns - indent.length);
    const mark = marks[state].padEnd(indent.length);
    return [
      `${coloured ? `\u001b[${colours[state]}m${mark}\u001b[0m` : mark}${first}`,
      ...[...others, ...(next ? wrapped(`next: ${next}`, columns - indent.length) : [])].map((line) => indent + line),
    ];
  });
  return `${title}\n${lines.join("\n")}\n`;
}

/** Lines of whole words; one that is longer than a line keeps its own. */
export function wrapped(text, width) {
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
