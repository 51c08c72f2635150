// Processes that the bench starts: watched while they run, and gone when it is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CommandError } from "../../lib/process.mjs";

const watch = new URL("./watch.mjs", import.meta.url).href;
/** How long a process may take to end after a signal, and to tell its figures, in milliseconds. */
const patience = { end: 15_000, figures: 30_000 };
/** Lines of a process's log that are kept. */
const keptLines = 20;

const running = new Set();
const folders = new Set();
// `exit` comes however this process ends, except by kill -9: for that there is watch.mjs.
process.on("exit", endAll);

/** Kills what still runs and deletes what is not to stay. */
export function endAll() {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** A folder that is deleted when the bench ends. */
export function throwaway(folder) {
  folders.add(folder);
  return folder;
}

/**
 * Starts Node with a channel to the bench.
 * @param program a file, and its arguments
 * @returns the process, the end of its log, and `ended`, which resolves to its exit code or signal
 */
export function start([path, ...args], options = {}) {
  const program = path instanceof URL ? fileURLToPath(path) : path;
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe", "ipc"], ...options });
  running.add(child);
  const ended = once(child, "exit").then(([code, signal]) => {
    running.delete(child);
    return signal ?? code;
  });
  const log = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      log.push(...text.split("\n").filter((line) => line.trim() !== ""));
      log.splice(0, log.length - keptLines);
    });
  }
  return { child, log, ended, stop: (signal) => stop(child, ended, signal) };
}

/** Sends a signal and waits for the end. @returns milliseconds, and whether the process had to be killed */
async function stop(child, ended, signal = "SIGTERM") {
  const begun = performance.now();
  child.kill(signal);
  const late = await isLate(patience.end, ended);
  if (late) child.kill("SIGKILL");
  await ended;
  return { ms: performance.now() - begun, killed: late };
}

/** Whether a promise takes longer than some milliseconds. */
async function isLate(limit, promise) {
  const clock = new AbortController();
  const over = setTimeout(limit, true, { signal: clock.signal }).catch(() => false);
  const late = await Promise.race([promise.then(() => false), over]);
  clock.abort();
  return late;
}

/** The same for a process whose memory, CPU and event loop can be asked for. */
export function startWatched(program, options = {}) {
  const started = start(["--expose-gc", "--import", watch, ...program], options);
  const { child, log, ended } = started;
  const waiting = new Map();
  child.on("message", (message) => waiting.get(message?.watch)?.(message.figures));
  let asked = 0;
  return {
    ...started,
    /** Memory in bytes, CPU in seconds since the start, the loop's waits since the last question. */
    async figures({ collect = false } = {}) {
      const id = ++asked;
      let figures;
      const answered = new Promise((resolve) => waiting.set(id, resolve)).then((told) => {
        figures = told;
      });
      if (child.connected) child.send({ watch: id, collect }, () => {});
      await isLate(patience.figures, Promise.race([answered, ended]));
      waiting.delete(id);
      if (figures) return figures;
      const became = child.exitCode ?? child.signalCode;
      const what = became === null ? "it is silent" : `it ended (${became})`;
      throw new CommandError(
        `expected figures of the process ${child.pid} but ${what}; its log ends with:\n${log.join("\n")}`,
      );
    },
  };
}
