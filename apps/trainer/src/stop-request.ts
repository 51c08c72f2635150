import { setImmediate } from "node:timers/promises";
import type { StopSignal } from "./terminal.ts";

/** Thrown where a run ends because it was asked to. */
export class Stopped extends Error {
  constructor(readonly signal: StopSignal) {
    super(`stopped by ${signal}`);
  }
}

/** Whether somebody has asked the run to end; looked at between two pieces of work. */
export class StopRequest {
  signal: StopSignal | undefined;

  /** Lets signals in, which wait while something computes. @throws Stopped when one has come */
  async check(): Promise<void> {
    await setImmediate();
    if (this.signal) throw new Stopped(this.signal);
  }
}
