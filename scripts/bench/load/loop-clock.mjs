import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Milliseconds between two looks at the clock. */
const resolution = 5;

/** Watches how long this process's event loop keeps a timer waiting. */
export function loopClock() {
  const intervals = monitorEventLoopDelay({ resolution });
  intervals.enable();
  let block = 0;
  let before = look();
  setInterval(() => {
    const now = look();
    block = Math.max(block, now.clock - before.clock - (now.queued - before.queued) - resolution);
    before = now;
  }, resolution).unref();
  return {
    /**
     * Since the last call, in milliseconds: how late a timer was at most, and the longest block that this program was the
     * cause of. What others cause by taking the processor is in the first only.
     */
    take() {
      const taken = { longest: Math.max(0, intervals.max / 1e6 - resolution), block };
      intervals.reset();
      block = 0;
      return taken;
    },
  };
}

/** The clock, and how long this thread was ready in all and waited for a processor that others had. Milliseconds. */
export function look() {
  return { clock: performance.now(), queued: queued() };
}

/**
 * From Linux's schedstat: nanoseconds on a processor, then nanoseconds in its queue. A loop that stands still because other
 * programs have all processors says nothing of this one. Elsewhere nothing is known of it, and the block is the wait.
 */
function queued() {
  try {
    const [, nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "latin1").split(" ");
    return Number(nanoseconds) / 1e6;
  } catch {
    return 0;
  }
}
