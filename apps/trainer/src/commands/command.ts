import type { ParseArgsConfig } from "node:util";
import type { Console } from "../terminal.ts";

/** Something that the trainer does besides training. */
export interface Command {
  /** As it is written: `evaluate RUN [--data DIR]`. */
  usage: string;
  /** One line of `--help`. */
  what: string;
  options: NonNullable<ParseArgsConfig["options"]>;
  /** How many words it takes, and what they are. */
  positionals: { least: number; most: number; expected: string };
  /** @throws Error of one line */
  perform(asked: Asked): Promise<void>;
}

export interface Asked {
  positionals: readonly string[];
  values: Readonly<Record<string, unknown>>;
  console: Console;
}
