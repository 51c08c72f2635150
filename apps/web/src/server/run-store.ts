import { readdir } from "node:fs/promises";
import type { NamedWeights, Table } from "@autoencoder/model";
import {
  openFile,
  openRun,
  openTable,
  openWeights,
  type ReadStored,
  type Run,
  RunFault,
  type RunFile,
  runLimits,
  runName,
} from "@autoencoder/model/run";
import { attempt, type Result } from "../shared/result.ts";
import { dependOnPath } from "./dependencies.ts";
import { folders } from "./env.ts";
import { type OpenedFile, withFile } from "./stored-files.ts";

/** Why a run cannot be shown. */
export type RunProblemCode = "BAD_NAME" | "NOT_FOUND" | "BROKEN" | "FILE_NOT_FOUND" | "FILE_BROKEN";

/** A run that cannot be shown, said in one line, with the command that mends it. */
export class RunProblem extends Error {
  constructor(
    readonly code: RunProblemCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "RunProblem";
  }
}

/** The HTTP status that says of a problem whose fault it is. */
export function httpStatus(error: unknown): 400 | 404 | 500 {
  if (!(error instanceof RunProblem)) return 500;
  if (error.code === "BAD_NAME") return 400;
  return error.code === "NOT_FOUND" || error.code === "FILE_NOT_FOUND" ? 404 : 500;
}

/** A published run, or what is wrong with it. */
export interface RunEntry {
  name: string;
  result: Result<Run>;
}

/** Runs that are opened at once for the list: each holds a file open. */
const openedAtOnce = 32;

/** All published runs by name, broken ones included. A link is no run's folder. */
export async function listRuns(): Promise<RunEntry[]> {
  const { runs } = folders();
  await dependOnPath(runs);
  const entries = await readdir(runs, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory() && runName.safeParse(entry.name).success)
    .map((entry) => entry.name)
    .sort();
  const list: RunEntry[] = [];
  while (list.length < names.length) {
    const some = names.slice(list.length, list.length + openedAtOnce);
    list.push(...(await Promise.all(some.map(async (name) => ({ name, result: await attempt(() => readRun(name)) })))));
  }
  return list;
}

/** What was read of a file, by its state; the oldest goes where there are many. */
class ByState<Value> {
  readonly #known = new Map<string, Value>();
  constructor(private readonly most: number) {}

  async get({ state, settled }: OpenedFile, read: () => Promise<Value>): Promise<Value> {
    const known = this.#known.get(state);
    if (known !== undefined) return known;
    const value = await read();
    const [oldest] = this.#known.keys();
    if (this.#known.size >= this.most && oldest !== undefined) this.#known.delete(oldest);
    if (settled) this.#known.set(state, value);
    return value;
  }
}

interface ParsedRun {
  run: Run;
  text: string;
}
const parsed = new ByState<ParsedRun>(200);
const hashes = new ByState<string>(10_000);

/** A run's run.json, parsed. @throws RunProblem */
export async function readRun(name: string): Promise<Run> {
  return (await parsedRun(name)).run;
}

/** A run's run.json as it lies there, once it is proved to be one. @throws RunProblem */
export async function readRunText(name: string): Promise<string> {
  return (await parsedRun(name)).text;
}

async function parsedRun(name: string): Promise<ParsedRun> {
  if (!runName.safeParse(name).success) {
    throw new RunProblem("BAD_NAME", badName(name));
  }
  try {
    return await withFile(folders().runs, `${name}/run.json`, async (file) => {
      const known = await parsed.get(file, () => parse(name, file));
      return known.run.name === name ? known : parse(name, file); // a renamed folder: its file's state is the same
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new RunProblem("NOT_FOUND", `there is no run "${name}": its run.json is missing`, { cause });
    }
    const why =
      cause instanceof RunFault
        ? cause.message
        : `run.json: expected a file that can be read but ${code ?? "reading it failed"}; see to the rights of its folder`;
    throw new RunProblem("BROKEN", `the run "${name}" cannot be read: ${why}`, { cause });
  }
}

async function parse(name: string, file: OpenedFile): Promise<ParsedRun> {
  const bytes = await file.bytes(runLimits.runJson);
  const run = await openRun(name, async () => ({ bytes, sha256: () => digest(bytes) }));
  return { run, text: new TextDecoder().decode(bytes) };
}

export function badName(name: unknown): string {
  return `expected a run's name of a-z, 0-9 and - but got ${JSON.stringify(String(name).slice(0, 80))}`;
}

/** A file of a run, checked against run.json. @throws RunProblem when it is not listed, missing or altered */
export function readRunFile(run: Run, path: string): Promise<{ file: RunFile; bytes: Uint8Array<ArrayBuffer> }> {
  return opened(run, path, openFile);
}

/** A table of a run, its tensors as the spec and the data say. @throws RunProblem */
export function readRunTable(run: Run, path: string): Promise<Table> {
  return opened(run, path, openTable);
}

/** The weights of a part of the network, as the spec says. @param path its model.json @throws RunProblem */
export function readRunWeights(run: Run, path: string): Promise<NamedWeights> {
  return opened(run, path, openWeights);
}

type Open<Value> = (run: Run, path: string, read: ReadStored) => Promise<Value>;

async function opened<Value>(run: Run, path: string, open: Open<Value>): Promise<Value> {
  if (!run.files.some((listed) => listed.path === path)) {
    throw new RunProblem("FILE_NOT_FOUND", `the run "${run.name}" has no file ${path}`);
  }
  const named = (file: string) => `${file} of the run "${run.name}"`;
  const unreadable = (file: string, cause: unknown) =>
    new RunProblem("FILE_BROKEN", `${named(file)} cannot be read; train the run again`, { cause });
  const read: ReadStored = (file, most) =>
    readStored(run, file, most).catch((cause) => {
      throw cause instanceof RunFault ? cause : unreadable(file, cause);
    });
  try {
    return await open(run, path, read);
  } catch (cause) {
    if (cause instanceof RunProblem) throw cause;
    if (!(cause instanceof RunFault)) throw unreadable(path, cause);
    throw new RunProblem("FILE_BROKEN", cause.of(named(cause.fault.file ?? path)).message, { cause });
  }
}

const readStored = (run: Run, path: string, most: number) =>
  withFile(folders().runs, `${run.name}/${path}`, async (file) => {
    const bytes = await file.bytes(most);
    const sha256 = await hashes.get(file, () => digest(bytes));
    return { bytes, sha256: async () => sha256 };
  });

/** SHA-256 in hexadecimal, computed off the event loop. */
async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
}
