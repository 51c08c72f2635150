/** What is wrong with a file of a run, part by part. */
export interface Fault {
  /** The file's path in its run, where it is known. */
  readonly file?: string | undefined;
  /** The field or tensor; none where the whole file is wrong. */
  readonly field?: string | undefined;
  readonly expected: string;
  /** What came: the words after "but", `got 3` or `it has none`. */
  readonly came: string;
  /** What to do next. */
  readonly mend: string;
}

/** A file of a run that is not what it has to be; the message is the whole in one line. */
export class RunFault extends Error {
  constructor(
    readonly fault: Fault,
    options?: ErrorOptions,
  ) {
    const { file, field, expected, came, mend } = fault;
    const where = [file, field].filter((part) => part !== undefined).map(onOneLine);
    super(`${where.join(": ")}: expected ${onOneLine(expected)} but ${onOneLine(came)}; ${mend}`, options);
    this.name = "RunFault";
  }

  /** The same fault, said of a file; the reader of the bytes does not know what they are called. */
  of(file: string): RunFault {
    return new RunFault({ ...this.fault, file }, { cause: this.cause });
  }
}

/** Names of fields and tensors are a stranger's too: they may hold line ends, or megabytes. */
function onOneLine(words: string): string {
  return words.slice(0, 200).replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ");
}

/** A value from a stranger's file in a few words, for an error. */
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
