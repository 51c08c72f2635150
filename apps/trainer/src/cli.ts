import { derive } from "./derive.ts";
import { describeError } from "./errors.ts";
import { help, parseOptions, UsageError } from "./options.ts";
import { type Outcome, type Terminal, train } from "./train.ts";

/** Exit codes; `--help` lists them. */
const exitCodes: Record<Outcome, number> = { complete: 0, collapsed: 3, interrupted: 130 };

// A terminal that is closed takes its output with it (EIO, EPIPE): the run goes on to its checkpoint all the same.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const terminal: Terminal = {
  output: {
    write: (text) => process.stdout.write(text),
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns : undefined;
    },
  },
  onInterrupt(callback) {
    // npm and Turborepo both pass Ctrl-C on: what follows within a second is the same one. A later one ends at once.
    let first: number | undefined;
    const listener = () => {
      const now = performance.now();
      if (first === undefined) {
        first = now;
        callback();
      } else if (now - first > 1000) {
        process.exit(exitCodes.interrupted);
      }
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, listener);
    return () => {
      for (const signal of signals) process.off(signal, listener);
    };
  },
};

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  if (options.derive) {
    await derive(options, terminal.output);
    return 0;
  }
  return exitCodes[await train(options, terminal)];
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`error: ${describeError(error)}\n`);
  if (process.env.DEBUG) console.error(error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
