import { parseWords, UsageError } from "../command-line.ts";
import type { Console } from "../terminal.ts";
import { baselines } from "./baselines.ts";
import type { Command } from "./command.ts";
import { engines } from "./engines.ts";
import { evaluate } from "./evaluate.ts";
import { reconstruct } from "./reconstruct.ts";
import { seeds } from "./seeds.ts";
import { summary } from "./summary.ts";
import { sweep } from "./sweep.ts";

/** What the trainer does besides training, by the word that stands first. */
export const commands: Readonly<Record<string, Command>> = {
  baselines,
  engines,
  evaluate,
  reconstruct,
  seeds,
  summary,
  sweep,
};

/** The commands in `--help`. */
export const commandsHelp = Object.values(commands)
  .map(({ usage, what }) => `  npm run train -- ${usage}\n      ${what}`)
  .join("\n");

/** Performs one. @throws UsageError where its words are not what it takes, Error of one line for whatever else is wrong */
export async function perform(name: string, argv: readonly string[], console: Console): Promise<void> {
  const { usage, what, options, positionals: expected, perform } = commands[name] as Command;
  const help = `npm run train -- ${name} --help`;
  const known = { ...options, help: { type: "boolean", short: "h" } } as const;
  const { values, positionals } = parseWords(argv, known, { help, positionals: true });
  if ((values as { help?: boolean }).help) {
    console.output.write(`npm run train -- ${usage}\n\n${what[0]?.toUpperCase()}${what.slice(1)}.\n`);
    return;
  }
  if (positionals.length < expected.least || positionals.length > expected.most) {
    const got = positionals.length === 0 ? "nothing" : `${positionals.length} words`;
    throw new UsageError(`${name}: expected ${expected.expected} but got ${got}; npm run train -- ${usage}`);
  }
  await perform({ positionals, values, console });
}
