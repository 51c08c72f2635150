import { inspect } from "node:util";
import { derive } from "./derive.ts";
import { describeError } from "./errors.ts";
import { help, parseOptions, UsageError } from "./options.ts";
import { type Console, stopCodes, type Terminal } from "./terminal.ts";
import { type Outcome, train } from "./train.ts";

/** Exit codes; `--help` lists them. */
const exitCodes: Record<Outcome, number> = { complete: 0, collapsed: 3, ...stopCodes };

/** Runs the trainer's command line; a failure becomes one line. Returns the exit code. */
export async function runCommand(argv: readonly string[], console: Console): Promise<number> {
  try {
    return await perform(argv, console);
  } catch (error) {
    console.errors.write(`error: ${describeError(error)}\n`);
    if (process.env.DEBUG) console.errors.write(`${inspect(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function perform(argv: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseOptions(argv);
  if (options === "help") {
    terminal.output.write(`${help}\n`);
    return 0;
  }
  if (options.derive) {
    await derive(options, terminal.output);
    return 0;
  }
  return exitCodes[await train(options, terminal)];
}
