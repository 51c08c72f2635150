// Preloaded with `node --import` into each process that the bench starts: tells what the process takes, over IPC.
import { setTimeout } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import { loopClock } from "./loop-clock.mjs";

if (isMainThread && process.send) {
  const clock = loopClock();
  process.on("message", async (message) => {
    if (message?.watch === undefined) return;
    const { watch, collect } = message;
    if (collect) await collectGarbage();
    const { rss, heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    process.send({
      watch,
      figures: { rss, used: heapUsed + external, cpu: (user + system) / 1e6, loop: clock.take() },
    });
  });
  process.channel.unref(); // the process ends when its own work does
  process.on("disconnect", () => process.exit()); // the bench is gone, however it went
}

/** Twice, with a pause: the first lets go of what finalizers hold, the pause lets V8 give pages back. */
async function collectGarbage() {
  for (const pause of [500, 500]) {
    globalThis.gc?.();
    await setTimeout(pause);
  }
}
