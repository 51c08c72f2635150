import { setTimeout } from "node:timers/promises";
import type { Output } from "./progress.ts";

/** Signals that ask a program to end, and the exit code of one that did: 128 and the signal's number, as shells have it. */
export const stopCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
export type StopSignal = keyof typeof stopCodes;

/** Time as a run needs it. */
export interface Clock {
  /** Milliseconds on a clock that only runs forwards: durations and intervals come from it. */
  now(): number;
  /** The time of day, ISO 8601: it jumps where the machine sets its clock, so nothing is computed from it. */
  date(): string;
  wait(milliseconds: number): Promise<unknown>;
}

/** What a run does when it is asked to end. */
export interface Interruptible {
  /** Ctrl-C, SIGTERM or a closed terminal: save, and end soon. */
  stop(signal: StopSignal): void;
  /** What is printed at a later Ctrl-C, which ends the process at once. */
  lastWords(): string;
}

/** What the trainer takes from its process. */
export interface Terminal {
  output: Output;
  clock: Clock;
  /** Tells a run of signals; returns how to leave them to the system again, which then ends the process. */
  onInterrupt(run: Interruptible): () => void;
}

/** What a command takes from its process: the same, and where its error goes. */
export interface Console extends Terminal {
  errors: Pick<Output, "write">;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date().toISOString(),
  wait: (milliseconds) => setTimeout(milliseconds),
};

/** This process's own console. */
export function processConsole(clock: Clock = systemClock): Console {
  // A terminal that is closed (EIO) and a reader that has read enough (EPIPE, `| head`) take no lines any more: the run
  // does not end for that.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return {
    clock,
    output: {
      write: (text) => process.stdout.write(text),
      get columns() {
        return process.stdout.isTTY ? process.stdout.columns : undefined;
      },
    },
    errors: { write: (text) => process.stderr.write(text) },
    onInterrupt: (run) => listen(run, clock),
  };
}

/** npm and Turborepo pass Ctrl-C on: what follows within this many milliseconds is the same one. */
const sameSignal = 1000;

function listen(run: Interruptible, clock: Clock): () => void {
  let first: number | undefined;
  const listener = (signal: NodeJS.Signals) => {
    if (first === undefined) {
      first = clock.now();
      run.stop(signal as StopSignal);
    } else if (signal === "SIGINT" && clock.now() - first > sameSignal) {
      // Only a person who presses it again is in a hurry: a terminal that closes meanwhile is not.
      process.stdout.write(`${run.lastWords()}\n`);
      process.exit(stopCodes.SIGINT);
    }
  };
  const signals = Object.keys(stopCodes) as StopSignal[];
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
