import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { join } from "node:path";
import { RunFault } from "@autoencoder/model/run";
import { absent, dependOn, dependOnUnknown, isAbsence, isSettled, stateOf } from "./dependencies.ts";

/** A file that was opened: what is checked and what is read are the same, whatever its name leads to meanwhile. */
export interface OpenedFile {
  /** As `stateOf` has it: equal only while nobody has written. */
  readonly state: string;
  /** Whether the state tells of the next writing too. */
  readonly settled: boolean;
  /** @throws RunFault when it has more than `most` bytes, or changes meanwhile */
  readonly bytes: (most: number) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens a file below a folder. The folder itself may be a link, nothing below it: a run is a stranger's, and its links could
 * lead anywhere.
 * @param path below the folder, with `/`
 * @throws RunFault for links and what is no file, Node's error when there is none
 */
export async function withFile<Value>(
  folder: string,
  path: string,
  use: (file: OpenedFile) => Promise<Value>,
): Promise<Value> {
  const named = join(folder, path);
  let opened = false;
  try {
    return await withPlainFile(folder, path, (file) => {
      opened = true;
      dependOn({ path: named, state: file.state, settled: file.settled });
      return use(file);
    });
  } catch (error) {
    if (!opened && isAbsence(error)) dependOn({ path: named, state: absent, settled: true });
    // A link that is mended may lead to the same state, and a disk that failed may work again.
    else if (!opened || !(error instanceof RunFault)) dependOnUnknown(named);
    throw error;
  }
}

async function withPlainFile<Value>(
  folder: string,
  path: string,
  use: (file: OpenedFile) => Promise<Value>,
): Promise<Value> {
  const full = join(await realpath(folder), path);
  const name = path.split("/").slice(1).join("/");
  const handle = await openPlain(full, name);
  try {
    const opened = await plainStat(handle, name);
    const size = Number(opened.size);
    const state = stateOf(opened);
    // A folder on the way may be a link as well; and the name has to lead to what was opened.
    const [real, there] = await Promise.all([realpath(full), lstat(full, { bigint: true })]);
    const same = there.dev === opened.dev && there.ino === opened.ino;
    if (real !== full || !same) refuse(name, "a plain file", "it is a link");
    const bytes = async (most: number) => {
      if (size > most) refuse(name, `at most ${most} bytes`, `got ${size}`);
      const content = await readAll(handle, size);
      if (content && stateOf(await plainStat(handle, name)) === state) return content;
      return refuse(name, "a file at rest", "it changed while it was read");
    };
    return await use({ state, settled: isSettled(opened), bytes });
  } finally {
    await handle.close();
  }
}

async function openPlain(full: string, name: string): Promise<FileHandle> {
  // Without O_NONBLOCK a named pipe would wait for its writer. Windows has neither flag, and is checked by `realpath`.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  try {
    return await open(full, flags);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ELOOP") throw cause;
    return refuse(name, "a plain file", "it is a link");
  }
}

async function plainStat(handle: FileHandle, name: string): Promise<BigIntStats> {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) refuse(name, "a plain file", stat.isDirectory() ? "it is a folder" : "it is a device");
  return stat;
}

/** All bytes, or undefined where there are fewer by now. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await handle.read(bytes, at, size - at, at);
    if (bytesRead === 0) return undefined;
    at += bytesRead;
  }
  return bytes;
}

function refuse(file: string, expected: string, came: string): never {
  throw new RunFault({ file, expected, came, mend: "train the run again" });
}
