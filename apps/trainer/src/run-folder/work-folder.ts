import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { attemptName, runPaths, workFiles } from "@autoencoder/model/run";
import { readState, type TrainingState, writeState } from "@autoencoder/model/training";
import { UsageError } from "../command-line.ts";
import { temporaryEnd, writeAtomically } from "./atomic.ts";
import { Lock } from "./lock.ts";

/** The state of a training in its work folder; beside a published run, which does not list it, that of its end. */
export const checkpointFile = workFiles.checkpoint;

/** Where a run's files live. */
export interface RunFolders {
  /** artifacts/RUN: the published run. */
  published: string;
  /** artifacts/.work/RUN: lock, checkpoint and the folder that will be published. */
  work: string;
  /** artifacts/.replaced: runs and unfinished work that something newer took the place of. */
  replaced: string;
  /** Several attempts at the run may go on at once: the first that publishes has it, and replaces nothing. */
  contested: boolean;
}

/** @param attempt of a pool: it works in `.work/NAME/attempt-N`, which is its own */
export function runFolders(artifacts: string, name: string, attempt?: number): RunFolders {
  const work = join(artifacts, ".work", name);
  return {
    published: join(artifacts, name),
    work: attempt === undefined ? work : join(work, attemptName(attempt)),
    replaced: join(artifacts, ".replaced"),
    contested: attempt !== undefined,
  };
}

/** The folder in which one trainer works on one run; nobody else may meanwhile. */
export class WorkFolder {
  private constructor(
    readonly folders: RunFolders,
    private readonly lock: Lock,
    /** The first folder on the way that had to be made: down from it, those that stay empty are removed again. */
    private readonly made: string,
  ) {}

  /**
   * Creates the folder and takes its lock.
   * @param now ISO 8601
   * @throws Error when another trainer holds it or it cannot be written; no empty folder is left then
   */
  static async open(folders: RunFolders, now: string): Promise<WorkFolder> {
    const above = dirname(folders.work);
    const first = (await mkdir(folders.work, { recursive: true })) ?? folders.work;
    const made = first.length < above.length ? first : above;
    try {
      const lock = await Lock.take(join(folders.work, workFiles.lock), now);
      for (const name of await readdir(folders.work)) {
        if (name.endsWith(temporaryEnd)) await rm(join(folders.work, name), { force: true });
      }
      return new WorkFolder(folders, lock, made);
    } catch (cause) {
      await removeEmpty(folders.work, made);
      throw cause;
    }
  }

  private get checkpoint(): string {
    return join(this.folders.work, checkpointFile);
  }

  private get snapshots(): string {
    return join(this.folders.work, runPaths.snapshots);
  }

  hasCheckpoint(): boolean {
    return existsSync(this.checkpoint);
  }

  /**
   * Saves the state of a training, and the table of its snapshots so far where it has one. A folder that was removed meanwhile is made again.
   * @throws Error when another trainer has taken the run over, or the disk refuses
   */
  async save(state: TrainingState, snapshots: Uint8Array | undefined): Promise<void> {
    await mkdir(this.folders.work, { recursive: true });
    await this.lock.keep();
    if (snapshots) await writeAtomically(this.snapshots, snapshots);
    await writeAtomically(this.checkpoint, writeState(state));
  }

  /** The table of snapshots beside the checkpoint, if there is one. */
  async loadSnapshots(): Promise<Uint8Array | undefined> {
    return existsSync(this.snapshots) ? new Uint8Array(await readFile(this.snapshots)) : undefined;
  }

  /** The last checkpoint. @throws Error when there is none or it is damaged */
  async load(): Promise<TrainingState> {
    if (!this.hasCheckpoint()) {
      throw new UsageError(
        `--resume: expected a checkpoint in ${this.folders.work} but there is none; train without --resume`,
      );
    }
    try {
      return readState(new Uint8Array(await readFile(this.checkpoint)));
    } catch (cause) {
      throw new Error(`--resume: the checkpoint ${this.checkpoint} is damaged; train without --resume`, { cause });
    }
  }

  /** Puts a checkpoint that will not be continued aside, where it can still be found. Returns where, or undefined. */
  async setCheckpointAside(): Promise<string | undefined> {
    if (!this.hasCheckpoint()) return undefined;
    const to = await freePath(this.folders.replaced, `${this.folders.work.split(/[\\/]/).at(-1)}-checkpoint`);
    await mkdir(to, { recursive: true });
    await rename(this.checkpoint, join(to, checkpointFile));
    if (existsSync(this.snapshots)) await rename(this.snapshots, join(to, runPaths.snapshots));
    return to;
  }

  /** Gives the lock back; a checkpoint stays, an empty folder does not. */
  async close(): Promise<void> {
    await this.lock.release();
    await removeEmpty(this.folders.work, this.made);
  }

  /** Removes the whole folder, lock included, after its run has been published; what was told of it stays for its readers. */
  async remove(): Promise<void> {
    const { work } = this.folders;
    if (!existsSync(join(work, workFiles.events))) return rm(work, { recursive: true, force: true });
    for (const name of await readdir(work)) {
      if (name !== workFiles.events) await rm(join(work, name), { recursive: true, force: true });
    }
  }
}

/** Removes `folder` and those above it up to `top`, as long as they are empty. */
async function removeEmpty(folder: string, top: string): Promise<void> {
  for (let at = folder; at.length >= top.length; at = dirname(at)) {
    const gone = await rmdir(at).then(
      () => true,
      (cause: NodeJS.ErrnoException) => cause.code === "ENOENT",
    );
    if (!gone) return;
  }
}

/** A path in `folder` that nothing has yet, from `name` and the time. */
export async function freePath(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  const path = join(folder, `${name}-${time}`);
  // Clocks are set back: the same time may come twice.
  let free = path;
  for (let count = 2; existsSync(free); count++) free = `${path}-${count}`;
  return free;
}
