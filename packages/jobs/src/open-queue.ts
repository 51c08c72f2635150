import type { JobQueue } from "./queue.ts";

/** The queue that JOBS_URL names: `redis://` or `rediss://`, or `file:` for one in the shared folder. @throws Error */
export async function openQueue(url: string, artifacts: string): Promise<JobQueue> {
  if (url === "file:") return new (await import("./embedded.ts")).EmbeddedQueue(artifacts);
  // Loaded only where there is one: most sites have no pool.
  if (/^rediss?:\/\//.test(url)) return (await import("./bullmq.ts")).BullmqQueue.open(url);
  const [scheme] = url.split(":", 1);
  throw new Error(`JOBS_URL: expected redis://…, rediss://… or file: but got ${scheme}:; set it to one of these`);
}
