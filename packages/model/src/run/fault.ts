import { onOneLine } from "../words.ts";

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
    const where = [file, field].filter((part) => part !== undefined).map((part) => onOneLine(part));
    super(`${where.join(": ")}: expected ${onOneLine(expected)} but ${onOneLine(came)}; ${mend}`, options);
    this.name = "RunFault";
  }

  /** The same fault, said of a file; the reader of the bytes does not know what they are called. */
  of(file: string): RunFault {
    return new RunFault({ ...this.fault, file }, { cause: this.cause });
  }
}
