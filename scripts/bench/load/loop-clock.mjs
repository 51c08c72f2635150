import { monitorEventLoopDelay } from "node:perf_hooks";

/** Milliseconds between two looks at the clock. */
const resolution = 5;

/** Watches how long this process's event loop keeps a timer waiting. */
export function loopClock() {
  const waits = monitorEventLoopDelay({ resolution });
  waits.enable();
  return {
    /** How late timers were since the last call, in milliseconds: a histogram has the whole interval, not its lateness. */
    take() {
      const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
      const taken =
        waits.count === 0 ? { p99: 0, longest: 0 } : { p99: late(waits.percentile(99)), longest: late(waits.max) };
      waits.reset();
      return taken;
    },
  };
}
