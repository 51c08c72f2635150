import { AsyncLocalStorage } from "node:async_hooks";
import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";

/** What a piece of work was made from: which files and folders it looked at, and how they were then. */

/** A file or folder that was looked at. Plain data, so that it can cross to another thread. */
export interface Dependency {
  readonly path: string;
  /** As `stateOf` has it, or `absent`. */
  readonly state: string;
  /** Whether every later change shows in the state; what is not settled never holds. */
  readonly settled: boolean;
}

/** The state of a path where nothing is. */
export const absent = "absent";

/** The longest tick of a file system's clock that we know, FAT's two seconds left out. */
const tickNs = 100_000_000n;

/** Device, inode, size and times of change: equal only while nobody has written. */
export function stateOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

/** Whether the state tells of the next writing too: not while the file is as young as the clock's tick is long. */
export function isSettled({ ctimeNs }: BigIntStats): boolean {
  return BigInt(Date.now()) * 1_000_000n - ctimeNs > tickNs;
}

type Recorded = Map<string, Dependency>;

/** One for the process: Next bundles a copy of this module of its own, beside the one of the server that holds Next. */
const recordings = shared("autoencoder.dependencies", () => new AsyncLocalStorage<Recorded>());

function shared<Value>(name: string, make: () => Value): Value {
  const all = globalThis as unknown as Record<symbol, Value | undefined>;
  const key = Symbol.for(name);
  all[key] ??= make();
  return all[key];
}

/** Does some work and records what it depends on. A recording around this one depends on the same. */
export async function recording<Value>(
  work: () => Promise<Value>,
): Promise<{ value: Value; dependencies: Dependency[] }> {
  const own: Recorded = new Map();
  try {
    const value = await recordings.run(own, work);
    return { value, dependencies: [...own.values()] };
  } finally {
    for (const dependency of own.values()) dependOn(dependency);
  }
}

/** Says that the work which is being recorded depends on this; nothing happens outside a recording. */
export function dependOn(dependency: Dependency): void {
  const { path, state, settled } = dependency;
  // Two states of one file are both kept: one of them no longer holds.
  recordings.getStore()?.set(JSON.stringify([path, state, settled]), dependency);
}

/** Says that the work depends on something whose change nobody would notice, so that its result cannot be kept. */
export function dependOnUnknown(path: string): void {
  dependOn({ path, state: "unknown", settled: false });
}

/** Looks at a file or folder, says that the work depends on it, and gives what is there. */
export async function dependOnPath(path: string): Promise<BigIntStats | undefined> {
  try {
    const found = await stat(path, { bigint: true });
    dependOn({ path, state: stateOf(found), settled: isSettled(found) });
    return found;
  } catch (error) {
    if (isAbsence(error)) dependOn({ path, state: absent, settled: true });
    else dependOnUnknown(path);
    return undefined;
  }
}

/** Whether everything is still as it was. */
export async function stillHolds(dependencies: readonly Dependency[]): Promise<boolean> {
  if (!dependencies.every(({ settled }) => settled)) return false;
  const held = await Promise.all(dependencies.map(async ({ path, state }) => (await stateAt(path)) === state));
  return held.every(Boolean);
}

async function stateAt(path: string): Promise<string | undefined> {
  try {
    return stateOf(await stat(path, { bigint: true }));
  } catch (error) {
    return isAbsence(error) ? absent : undefined;
  }
}

/** Whether an error of the file system says that nothing is there. */
export function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}
