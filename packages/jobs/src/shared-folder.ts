import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { JobQueue } from "./queue.ts";

/** Machines of a pool share the folder of runs: the site marks it, and a worker looks for the mark that its queue names. */

const markFile = (artifacts: string) => join(resolve(artifacts), ".work", "pool-folder");

/** What the site does before it adds a training. @throws Error where the queue goes with another folder */
export async function markFolder(queue: JobQueue, artifacts: string): Promise<void> {
  const path = markFile(artifacts);
  await mkdir(join(path, ".."), { recursive: true });
  // Written beside and linked: of two sites that start together one makes the mark, and nobody reads half of it.
  const beside = `${path}.${randomUUID()}.tmp`;
  await writeFile(beside, randomUUID());
  await link(beside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(beside);
  const mark = await readFile(path, "utf8");
  if ((await queue.folderMark(mark)) !== mark) {
    throw new Error(
      `expected the folder of runs that this queue goes with but ${artifacts} is another; share that folder, or use another JOBS_URL`,
    );
  }
}

/** What a worker does before it takes one. @throws Error where its folder is not the site's */
export async function requireSharedFolder(queue: JobQueue, artifacts: string): Promise<void> {
  const mark = await queue.folderMark();
  if (mark === undefined) {
    throw new Error(
      "expected a site that uses this queue but there was none yet; start the site with this JOBS_URL first",
    );
  }
  const found = await readFile(markFile(artifacts), "utf8").catch(() => undefined);
  if (found === mark) return;
  const came = found === undefined ? "it is not there" : "it is that of another site";
  throw new Error(
    `expected the site's mark in ${markFile(artifacts)} but ${came}; set ARTIFACTS_DIR to the folder of runs that the site shares`,
  );
}
