import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Connection } from "./connection.ts";

/** Megabytes of JavaScript values that the thread may hold; pictures and tensors, which are buffers, do not count. */
const heapLimit = 512;

declare global {
  /** One for the process: the server, and pages that Next bundles, each have a copy of this module. */
  var autoencoderData: Connection | undefined;
}

/** The way to the data thread; it starts with the first question. */
export function dataThread(): Connection {
  globalThis.autoencoderData ??= new Connection(startThread);
  return globalThis.autoencoderData;
}

function startThread(): Worker {
  const program = join(/* turbopackIgnore: true */ process.cwd(), ".server", "data-thread.mjs");
  const thread = new Worker(/* turbopackIgnore: true */ program, {
    name: "data",
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
  });
  thread.unref(); // a server that is told to stop does not wait for it
  return thread;
}
