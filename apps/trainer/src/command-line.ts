import { resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { onOneLine, shown } from "@autoencoder/model";
import { didYouMean } from "./nearest.ts";

/** A mistake in the command line; exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/**
 * What `argv` says, by these options. @param help the command that lists them
 * @throws UsageError in one line, with the option that was probably meant
 */
export function parseWords<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  argv: readonly string[],
  options: Options,
  { help, positionals = false }: { help: string; positionals?: boolean },
) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: positionals });
  } catch (cause) {
    const [line = ""] = (cause as Error).message.split(/\. To specify|\n/);
    const typed = /^Unknown option '(--[^']+)'/.exec(line)?.[1];
    const meant =
      typed === undefined
        ? ""
        : didYouMean(
            typed,
            Object.keys(options).map((name) => `--${name}`),
          );
    throw new UsageError(`${onOneLine(line, 300)}${meant}; ${help} lists the options`, { cause }); // it repeats what was typed
  }
}

/** A path that a person gave, from the folder in which they called npm: npm itself runs scripts in the project's root. */
export function givenPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** Reads the text of an option. @throws UsageError */
export type Reader<Value> = (option: string, text: string) => Value;

/** A whole number. */
export function whole({
  least = 1,
  most = Number.MAX_SAFE_INTEGER,
}: {
  least?: number;
  most?: number;
} = {}): Reader<number> {
  return (option, text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`${option}: expected a whole number ${bounds} but got ${shown(text)}`);
  };
}

interface Bounds {
  least?: number;
  above?: number;
  most?: number;
  below?: number;
}

/** Any number. */
export function number({ least, above, most, below }: Bounds): Reader<number> {
  return (option, text) => {
    const value = Number(text);
    const fits = value >= (least ?? -Infinity) && value > (above ?? -Infinity);
    if (fits && value <= (most ?? Infinity) && value < (below ?? Infinity) && text.trim() !== "") return value;
    const from = least === undefined ? `above ${above}` : `of at least ${least}`;
    const to = most === undefined ? `below ${below}` : `at most ${most}`;
    throw new UsageError(`${option}: expected a number ${from}, ${to} but got ${shown(text)}`);
  };
}

/** One of some words. */
export function oneOf<Name extends string>(names: readonly Name[]): Reader<Name> {
  return (option, text) => {
    const found = names.find((name) => name === text);
    if (found) return found;
    throw new UsageError(
      `${option}: expected one of ${names.join(", ")} but got ${shown(text)}${didYouMean(text, names)}`,
    );
  };
}

/** A folder of IDX files. */
export function dataFolder(option: string, text: string): string {
  if (text !== "") return givenPath(text);
  throw new UsageError(`${option}: expected a folder with IDX files but got ""; leave it out for MNIST`);
}
