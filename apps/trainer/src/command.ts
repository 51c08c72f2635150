import { inspect } from "node:util";
import { shown } from "@autoencoder/model";
import { eventLine } from "@autoencoder/model/run";
import { UsageError } from "./command-line.ts";
import { commands, perform } from "./commands/index.ts";
import { derive } from "./derive.ts";
import { engines } from "./engines/choose.ts";
import { describeError } from "./errors.ts";
import { takeFromPage } from "./from-page.ts";
import { type FurtherTraining, trainFurther } from "./further.ts";
import { helpFor } from "./help.ts";
import { didYouMean } from "./nearest.ts";
import { type Options, parseOptions } from "./options.ts";
import { openPublished } from "./published.ts";
import { type Console, stopCodes } from "./terminal.ts";
import { type Outcome, train } from "./train.ts";
import { versions } from "./versions.ts";

/** Exit codes; `--help` lists them. */
const exitCodes: Record<Outcome, number> = { complete: 0, collapsed: 3, ...stopCodes };

/** Runs the trainer's command line; a failure becomes one line. Returns the exit code. */
export async function runCommand(argv: readonly string[], console: Console): Promise<number> {
  try {
    return await act(argv, console);
  } catch (error) {
    const message = describeError(error);
    console.errors.write(`error: ${message}\n`);
    if (argv.includes("--json")) console.output.write(eventLine({ event: "error", message }));
    if (process.env.DEBUG) console.errors.write(`${inspect(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  } finally {
    for (const engine of Object.values(engines)) engine.stop?.();
  }
}

async function act(argv: readonly string[], terminal: Console): Promise<number> {
  const [word = "", ...words] = argv;
  if (Object.hasOwn(commands, word)) {
    await perform(word, words, terminal);
    return 0;
  }
  if (/^[a-z]/i.test(word)) {
    const names = Object.keys(commands);
    throw new UsageError(
      `expected an option, or one of ${names.join(", ")} but got ${shown(word)}${didYouMean(word, names)}; ` +
        "npm run train -- --help lists them",
    );
  }
  const options = parseOptions(argv);
  if (options === "version") {
    terminal.output.write(`${versions()}\n`);
    return 0;
  }
  if (options === "help") {
    terminal.output.write(`${helpFor(terminal.output.columns)}\n`);
    return 0;
  }
  if (options.derive) {
    await derive(options, terminal.output);
    return 0;
  }
  return exitCodes[await train({ ...options, ...(await goesOnFrom(options)) }, terminal)];
}

/** What `--more` and `--from` make of the other options. */
async function goesOnFrom({ name, given, more, from }: Options): Promise<Partial<FurtherTraining>> {
  if (from !== undefined)
    return takeFromPage(from, { more, name: given.some((word) => /^--name(?:=|$)/.test(word)) ? name : undefined });
  return more === undefined ? {} : trainFurther(await openPublished(name, "--more"), more);
}
