import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { firstIssue, type Run, type RunFile, runSchema } from "@autoencoder/model/run";
import { writeAtomically } from "./atomic.ts";
import { checkpointFile, freePath, type RunFolders } from "./work-folder.ts";

/** The files of a run, by path within its folder, without run.json. */
export type RunContents = Readonly<Record<string, Uint8Array | string>>;

/** How a run was published. */
interface Publication {
  /** Where the run lies now that it replaced. */
  replaced?: string;
  /** Another attempt at the run was first: it is that one which is published. */
  byAnother?: true;
}

/**
 * Publishes a run whole or not at all: writes everything beside the checkpoint, checks it against the contract, then
 * moves the folder into place; a run of the same name moves to artifacts/.replaced first.
 * @param checkpoint the state at the training's end; run.json does not list it
 */
export async function publish(
  folders: RunFolders,
  run: Omit<Run, "files">,
  contents: RunContents,
  checkpoint?: Uint8Array,
): Promise<Publication> {
  const staging = join(folders.work, "publish");
  try {
    await rm(staging, { recursive: true, force: true });
    for (const [path, bytes] of Object.entries(contents)) await writeAtomically(join(staging, path), bytes);
    const complete = checked({ ...run, files: await listFiles(staging) });
    if (checkpoint) await writeAtomically(join(staging, checkpointFile), checkpoint);
    await writeAtomically(join(staging, "run.json"), `${JSON.stringify(complete, null, 2)}\n`);
    return await moveIntoPlace(staging, folders);
  } catch (cause) {
    // The checkpoint stays: --resume writes all of it again.
    await rm(staging, { recursive: true, force: true }).catch(() => {});
    throw cause;
  }
}

/** @throws Error that names the first field that a reader would refuse: the trainer's own fault */
function checked(run: Run): Run {
  const result = runSchema.safeParse(run);
  if (result.success) return result.data;
  const { field, expected, came } = firstIssue(result.error, run);
  throw new Error(
    `run.json: ${field}: expected ${expected} but ${came}; the trainer should not have made it: report it`,
  );
}

/** A process that dies between the two moves leaves the checkpoint, so that --resume publishes the run again. */
async function moveIntoPlace(staging: string, { published, replaced, contested }: RunFolders): Promise<Publication> {
  if (contested) return (await claim(staging, published)) ? {} : { byAnother: true };
  if (!existsSync(published)) {
    await mkdir(dirname(published), { recursive: true });
    await rename(staging, published);
    return {};
  }
  const aside = await freePath(replaced, basename(published));
  await rename(published, aside);
  try {
    await rename(staging, published);
  } catch (cause) {
    await rename(aside, published);
    throw cause;
  }
  return { replaced: aside };
}

/** A folder is moved to a path where no other is: of all who try one succeeds. */
async function claim(staging: string, published: string): Promise<boolean> {
  try {
    await rename(staging, published);
    return true;
  } catch (error) {
    if (!existsSync(published)) throw error;
    return false;
  }
}

/** Every file under `folder` with its size and hash, sorted by path. */
export async function listFiles(folder: string): Promise<RunFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: RunFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    const bytes = await readFile(full);
    const path = relative(folder, full).replaceAll("\\", "/");
    files.push({ path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
