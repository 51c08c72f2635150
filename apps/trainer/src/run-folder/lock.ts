import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { ended, processStart } from "@autoencoder/model/run";
import { z } from "zod";
import { temporaryEnd } from "./atomic.ts";

/** A lock names the process that holds it. */
const holderSchema = z.object({
  process: z.int().positive(),
  host: z.string(),
  /** When it was taken, ISO 8601, for people. */
  since: z.string(),
  /** When that process started, as its system tells it: numbers of processes are used again. */
  started: z.string().optional(),
});
type Holder = z.infer<typeof holderSchema>;

/** A file that one process at a time holds; one that a dead process left is taken over. */
export class Lock {
  private readonly text: string;

  private constructor(
    private readonly path: string,
    private readonly holder: Holder,
  ) {
    this.text = JSON.stringify(holder);
  }

  /** @param now ISO 8601 @throws Error that says who holds it */
  static async take(path: string, now: string): Promise<Lock> {
    const holder: Holder = { process: process.pid, host: hostname(), since: now, started: startOf(process.pid) };
    const lock = new Lock(path, holder);
    await lock.take();
    return lock;
  }

  /** Takes the lock again where somebody removed it, with its folder perhaps. @throws Error when another has it now */
  async keep(): Promise<void> {
    if ((await readIfThere(this.path)) !== this.text) await this.take();
  }

  async release(): Promise<void> {
    if ((await readIfThere(this.path)) === this.text) await rm(this.path, { force: true });
  }

  private async take(): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        await this.create();
        return;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
        await removeIfDead(this.path, this.holder.since);
      }
    }
    throw new Error(`could not take the lock ${this.path}; remove it if no trainer is running`);
  }

  private async create(): Promise<void> {
    const file = await open(this.path, "wx");
    try {
      await file.writeFile(this.text);
    } catch (cause) {
      await rm(this.path, { force: true });
      throw Object.assign(cause as Error, { path: this.path });
    } finally {
      await file.close();
    }
  }
}

/** Removes a lock that a dead process left. @throws Error that says who holds it, or is about to, when it is held */
async function removeIfDead(path: string, now: string): Promise<void> {
  const text = await readWritten(path);
  if (text === undefined) return;
  const holder = text === "" ? undefined : parseHolder(text, path);
  if (holder) refuseIfHeld(holder, path);
  // Of all who find it dead one may remove it, and looks again first: by then another's own lock may stand in its place.
  const name = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const removing = await Lock.take(`${path}.${name}${temporaryEnd}`, now);
  try {
    if ((await readIfThere(path)) === text) await rm(path, { force: true });
  } finally {
    await removing.release();
  }
}

function parseHolder(text: string, path: string): Holder {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`expected the lock ${path} to name a process but it does not; remove it if no trainer is running`, {
      cause,
    });
  }
}

function refuseIfHeld(holder: Holder, path: string): void {
  const { process: number, host, since } = holder;
  const who = `another trainer (process ${number} on ${host}, since ${since}) is at work on this run`;
  if (host !== hostname()) {
    throw new Error(
      `${who}; wait for it, or remove ${path} if it does not run any more, which cannot be seen from here`,
    );
  }
  if (isRunning(holder)) throw new Error(`${who}; wait for it, or give this one another --name`);
}

function isRunning({ process: number, started }: Holder): boolean {
  try {
    process.kill(number, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const start = startOf(number);
  if (start === ended) return false;
  return started === undefined || start === undefined || start === started;
}

/** When a process started; undefined where the system does not tell. */
function startOf(number: number): string | undefined {
  return processStart(number, { platform: process.platform, readFileSync, execFileSync });
}

/** How often, and how many milliseconds apart, an empty lock is looked at: its process may not have written its name yet. */
const emptyLock = { looks: 20, wait: 50 };

/** What a lock says; "" where its process died before it wrote, undefined where the lock is gone. */
async function readWritten(path: string): Promise<string | undefined> {
  for (let look = 0; look < emptyLock.looks; look++) {
    const text = await readIfThere(path);
    if (text !== "") return text;
    await setTimeout(emptyLock.wait);
  }
  return "";
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (["ENOENT", "ENOTDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw cause;
  }
}
