// Helpers of the root commands: plain Node, because they run before any dependency is installed.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A failure that is told in one line, without a stack. */
export class CommandError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** One line about what is being done. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs a program on this terminal and resolves to its exit code, 128 and the signal's number where a signal ended it. Ctrl-C
 * reaches the child through the terminal; this process only waits for it. With `stopWithNpm` the child ends when npm does: npm
 * passes SIGTERM on to its shell, and many shells end without passing it on to this process.
 */
export function run(command, args, { stopWithNpm = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    const wait = () => {};
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", wait);
    for (const signal of passedOn) process.on(signal, pass);
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (stopWithNpm && process.env.npm_lifecycle_event && process.ppid !== parent) pass("SIGTERM");
    }, 500).unref();
    child.on("close", () => clearInterval(watch));
    child.on("error", (error) => reject(new CommandError(`cannot start ${command}: ${error.message}`)));
    child.on("close", (code, signal) => {
      process.off("SIGINT", wait);
      for (const name of passedOn) process.off(name, pass);
      resolve(signal ? 128 + constants.signals[signal] : (code ?? 1));
    });
  });
}
const passedOn = ["SIGTERM", "SIGHUP"];

/** Runs a JavaScript program of a package in node_modules with this Node, whatever the shell is. */
export function runBin(path, args, options = {}) {
  return run(process.execPath, [join(root, "node_modules", path), ...args], options);
}

/** Runs `main`; its failure becomes one line and an exit code. */
export async function command(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(error instanceof CommandError ? `error: ${error.message}` : String(error?.stack ?? error));
    process.exitCode = error?.exitCode ?? 1;
  }
}
