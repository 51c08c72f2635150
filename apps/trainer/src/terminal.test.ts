import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { processConsole, type StopSignal } from "./terminal.ts";

/** Signals of this process, given by `emit`: none is really sent. */

const seen: string[] = [];
let now: number;
let stopListening: () => void;

beforeEach(() => {
  seen.length = 0;
  now = 0;
  vi.spyOn(process, "exit").mockImplementation((code) => {
    seen.push(`exit ${code}`);
    return undefined as never;
  });
  vi.spyOn(process.stdout, "write").mockImplementation((text) => seen.push(String(text)) > 0);
  const clock = { now: () => now, date: () => "", wait: async () => {} };
  stopListening = processConsole(clock).onInterrupt({
    stop: (signal) => seen.push(`stop ${signal}`),
    lastWords: () => "stopped at once: what came after epoch 1, batch 2 is lost",
  });
});
afterEach(() => {
  stopListening();
  vi.restoreAllMocks();
});

/** A signal, so many milliseconds after the first. */
function signal(name: StopSignal, at: number): void {
  now = at;
  process.emit(name, name);
}

describe("a run that listens", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("is told of %s", (name) => {
    signal(name, 0);
    expect(seen).toEqual([`stop ${name}`]);
  });

  it("takes what npm and Turborepo pass on within a second for the same Ctrl-C", () => {
    for (const at of [0, 3, 400, 1000]) signal("SIGINT", at);
    expect(seen).toEqual(["stop SIGINT"]);
  });

  it("ends at once at a later Ctrl-C, and says what is lost", () => {
    signal("SIGINT", 0);
    signal("SIGINT", 1001);
    expect(seen).toEqual(["stop SIGINT", "stopped at once: what came after epoch 1, batch 2 is lost\n", "exit 130"]);
  });

  it("is left to save where its terminal is closed after Ctrl-C", () => {
    signal("SIGINT", 0);
    signal("SIGHUP", 5000);
    signal("SIGTERM", 6000);
    expect(seen).toEqual(["stop SIGINT"]);
  });

  it("leaves signals to the system when it listens no more", () => {
    stopListening();
    expect(["SIGINT", "SIGTERM", "SIGHUP"].map((name) => process.listenerCount(name))).toEqual([0, 0, 0]);
  });
});
