import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { openRun, openWeights, type ReadStored, type Run, RunFault, runName, runPaths } from "@autoencoder/model/run";
import { type Autoencoder, buildAutoencoder, setWeights } from "@autoencoder/model/tfjs";
import { artifactsFolder, shownPath } from "./paths.ts";

/** A published run, and how its files are read. */
export interface Published {
  run: Run;
  folder: string;
  read: ReadStored;
}

/** Opens a published run. @param wanted what asks for it, for errors @throws Error of one line */
export async function openPublished(name: string, wanted: string): Promise<Published> {
  const folder = join(artifactsFolder(), name);
  const path = join(folder, "run.json");
  if (!runName.safeParse(name).success || !(await isFile(path))) {
    throw new Error(`${wanted}: expected the published run ${shownPath(path)} but there is none; train ${name} first`);
  }
  const read = storedIn(folder);
  return { run: await told(folder, wanted, () => openRun(name, read)), folder, read };
}

/** Its networks, on whatever engine is active. */
export async function openModels({ run, folder, read }: Published, wanted: string): Promise<Autoencoder> {
  const models = buildAutoencoder(run.spec);
  for (const part of ["encoder", "decoder"] as const) {
    setWeights(models[part], await told(folder, wanted, () => openWeights(run, runPaths[part], read)));
  }
  return models;
}

/**
 * @param then the files that something was trained on
 * @param wanted what asks for it, for errors
 * @throws Error unless these are among the files
 */
export function checkData(then: Run["dataset"]["files"], files: Run["dataset"]["files"], wanted: string): void {
  for (const { name, sha256 } of then) {
    const got = files.find((file) => file.name === name)?.sha256 ?? "none";
    if (got === sha256) continue;
    throw new Error(
      `${wanted}: the run was trained on other data: expected ${name} with SHA-256 ${sha256.slice(0, 12)}… but got ` +
        `${got.slice(0, 12)}…; give its folder with --data`,
    );
  }
}

/** What a fault in one of its files becomes on a terminal: the file's path, and what asked for it. */
export async function told<Value>(folder: string, wanted: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RunFault)) throw error;
    const { fault, message } = error.of(shownPath(join(folder, error.fault.file ?? "")));
    throw new Error(`${wanted}: ${message}`, { cause: fault });
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** Reads the files of a published run, which is the trainer's own: links are followed. */
function storedIn(folder: string): ReadStored {
  return async (file, most) => {
    const path = join(folder, file);
    const mend = "train the run again";
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw new RunFault({ file, expected: "a file", came: "it is missing", mend });
    if (found.size > most) {
      throw new RunFault({ file, expected: `at most ${most} bytes`, came: `got ${found.size}`, mend });
    }
    const bytes = new Uint8Array(await readFile(path));
    return { bytes, sha256: async () => createHash("sha256").update(bytes).digest("hex") };
  };
}
