import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { runPaths } from "@autoencoder/model/run";
import { readState, type TrainingState, writeState } from "@autoencoder/model/training";
import { writeAtomically } from "./atomic.ts";

/** Where a run's files live. */
export interface RunFolders {
  /** artifacts/RUN: the published run. */
  published: string;
  /** artifacts/.work/RUN: lock, checkpoint and the folder that will be published. */
  work: string;
  /** artifacts/.replaced: runs and unfinished work that something newer took the place of. */
  replaced: string;
}

export function runFolders(artifacts: string, name: string): RunFolders {
  return {
    published: join(artifacts, name),
    work: join(artifacts, ".work", name),
    replaced: join(artifacts, ".replaced"),
  };
}

/** The folder in which one trainer works on one run; nobody else may meanwhile. */
export class WorkFolder {
  private constructor(readonly folders: RunFolders) {}

  /** Creates the folder and takes its lock. @throws Error when another trainer holds it or it cannot be written */
  static async open(folders: RunFolders): Promise<WorkFolder> {
    await mkdir(folders.work, { recursive: true });
    await takeLock(join(folders.work, "lock"));
    return new WorkFolder(folders);
  }

  private get checkpoint(): string {
    return join(this.folders.work, "checkpoint.safetensors");
  }

  private get snapshots(): string {
    return join(this.folders.work, runPaths.snapshots);
  }

  hasCheckpoint(): boolean {
    return existsSync(this.checkpoint);
  }

  /** Saves the state of a training, and the table of its snapshots so far. */
  async save(state: TrainingState, snapshots: Uint8Array): Promise<void> {
    await writeAtomically(this.snapshots, snapshots);
    await writeAtomically(this.checkpoint, writeState(state));
  }

  /** The table of snapshots beside the checkpoint, if there is one. */
  async loadSnapshots(): Promise<Uint8Array | undefined> {
    return existsSync(this.snapshots) ? new Uint8Array(await readFile(this.snapshots)) : undefined;
  }

  /** The last checkpoint. @throws Error when there is none or it is damaged */
  async load(): Promise<TrainingState> {
    if (!this.hasCheckpoint()) {
      throw new Error(
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
    await rename(this.checkpoint, join(to, "checkpoint.safetensors"));
    if (existsSync(this.snapshots)) await rename(this.snapshots, join(to, runPaths.snapshots));
    return to;
  }

  /** Gives the lock back; the checkpoint stays. */
  async close(): Promise<void> {
    await rm(join(this.folders.work, "lock"), { force: true });
  }

  /** Removes the whole folder, lock included, after its run has been published. */
  async remove(): Promise<void> {
    await rm(this.folders.work, { recursive: true, force: true });
  }
}

/** A path in `folder` that nothing has yet, from `name` and the time. */
export async function freePath(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  return join(folder, `${name}-${time}`);
}

async function takeLock(path: string): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      return;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
      const holder = await lockHolder(path);
      if (holder !== undefined && isRunning(holder)) {
        throw new Error(
          `another trainer (process ${holder}) is at work on this run; wait for it, or give this one another --name`,
        );
      }
      await rm(path, { force: true }); // its process is gone
    }
  }
  throw new Error(`could not take the lock ${path}; remove it if no trainer is running`);
}

/** How often, and how many milliseconds apart, an empty lock is looked at: its process may not have written its number yet. */
const emptyLock = { looks: 20, wait: 50 };

/** The process that holds a lock; undefined where the lock is gone, or stays empty because its process died. */
async function lockHolder(path: string): Promise<number | undefined> {
  for (let look = 0; look < emptyLock.looks; look++) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    if (text !== "") return Number(text);
    await setTimeout(emptyLock.wait);
  }
  return undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}
