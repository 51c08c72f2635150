import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { attemptOf, runPaths } from "@autoencoder/model/run";
import { readState } from "@autoencoder/model/training";
import { writeAtomically } from "./atomic.ts";
import { checkpointFile } from "./work-folder.ts";

/**
 * Copies the newest checkpoint of the other attempts at a run into an attempt's own folder, `.work/RUN/attempt-N`. One that
 * cannot be read whole is passed over: its attempt may have died with its disk. The others' files are only read, since
 * their trainers may still run.
 * @returns the attempt that it is of; undefined where there is none
 * @throws Error where the copy cannot be written
 */
export async function inheritCheckpoint(work: string): Promise<string | undefined> {
  const beside = (await readdir(dirname(work))).filter(
    (name) => attemptOf(name) !== undefined && name !== basename(work),
  );
  let newest: { name: string; step: number; bytes: Uint8Array } | undefined;
  for (const name of beside) {
    const bytes = await readFile(join(dirname(work), name, checkpointFile)).catch(() => undefined);
    if (!bytes) continue;
    const step = stepOf(bytes);
    if (step !== undefined && step > (newest?.step ?? -1)) newest = { name, step, bytes };
  }
  if (!newest) return undefined;
  // After its checkpoint: a table of snapshots may hold later steps than that, never fewer.
  const snapshots = await readFile(join(dirname(work), newest.name, runPaths.snapshots)).catch(() => undefined);
  if (snapshots) await writeAtomically(join(work, runPaths.snapshots), snapshots);
  await writeAtomically(join(work, checkpointFile), newest.bytes);
  return newest.name;
}

function stepOf(checkpoint: Uint8Array): number | undefined {
  try {
    return readState(checkpoint).progress.step;
  } catch {
    return undefined;
  }
}
