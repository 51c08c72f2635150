import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseRun, type Run, type RunFile, runName } from "@autoencoder/model/run";
import { attempt, type Result } from "../shared/result.ts";
import { folders } from "./env.ts";

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

/** All published runs by name, broken ones included. */
export async function listRuns(): Promise<RunEntry[]> {
  const entries = await readdir(folders().runs, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && runName.safeParse(entry.name).success);
  return Promise.all(
    names
      .map((entry) => entry.name)
      .sort()
      .map(async (name) => ({ name, result: await attempt(() => readRun(name)) })),
  );
}

/** Runs that were parsed, with the text that they were parsed from. */
const parsed = new Map<string, { text: string; run: Run }>();

/** A run's run.json, parsed. @throws RunProblem */
export async function readRun(name: string): Promise<Run> {
  const text = await readRunText(name);
  const known = parsed.get(name);
  if (known?.text === text) return known.run;
  let run: Run;
  try {
    run = parseRun(text);
  } catch (cause) {
    throw new RunProblem("BROKEN", `the run "${name}" cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (run.name !== name) {
    throw new RunProblem("BROKEN", `the run "${name}" calls itself "${run.name}" in run.json; its folder was renamed`);
  }
  parsed.set(name, { text, run });
  return run;
}

export function badName(name: unknown): string {
  return `expected a run's name of a-z, 0-9 and - but got ${JSON.stringify(String(name).slice(0, 80))}`;
}

/** A run's run.json as it lies there. @throws RunProblem */
export async function readRunText(name: string): Promise<string> {
  if (!runName.safeParse(name).success) {
    throw new RunProblem("BAD_NAME", badName(name));
  }
  try {
    return await readFile(join(folders().runs, name, "run.json"), "utf8");
  } catch (cause) {
    throw new RunProblem("NOT_FOUND", `there is no run "${name}": its run.json is missing`, { cause });
  }
}

/** Hashes of files that were read, by path, size and time of change. */
const verified = new Map<string, string>();

/** A file of a run, checked against run.json. @throws RunProblem when it is not listed, missing or altered */
export async function readRunFile(run: Run, path: string): Promise<{ file: RunFile; bytes: Uint8Array<ArrayBuffer> }> {
  const file = run.files.find((listed) => listed.path === path);
  if (!file) throw new RunProblem("FILE_NOT_FOUND", `the run "${run.name}" has no file ${path}`);
  const full = join(folders().runs, run.name, path);
  const mend = "train the run again";
  try {
    const { mtimeMs, size } = await stat(full);
    const bytes = new Uint8Array(await readFile(full));
    const key = `${full} ${mtimeMs} ${size}`;
    let hash = verified.get(key);
    if (!hash) {
      hash = createHash("sha256").update(bytes).digest("hex");
      verified.set(key, hash);
    }
    if (hash !== file.sha256) {
      throw new RunProblem(
        "FILE_BROKEN",
        `${path} of the run "${run.name}": expected SHA-256 ${file.sha256.slice(0, 12)}… but got ${hash.slice(0, 12)}…; ${mend}`,
      );
    }
    return { file, bytes };
  } catch (cause) {
    if (cause instanceof RunProblem) throw cause;
    throw new RunProblem("FILE_BROKEN", `${path} of the run "${run.name}" cannot be read; ${mend}`, { cause });
  }
}
