import { exitCodes, runCommand } from "./command.ts";

// A terminal that is closed takes its output with it (EIO, EPIPE): the run goes on to its checkpoint all the same.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

process.exitCode = await runCommand(process.argv.slice(2), {
  output: {
    write: (text) => process.stdout.write(text),
    get columns() {
      return process.stdout.isTTY ? process.stdout.columns : undefined;
    },
  },
  errors: { write: (text) => process.stderr.write(text) },
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
});
