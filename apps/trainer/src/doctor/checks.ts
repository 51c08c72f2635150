import { createHash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openFile, openRun, type ReadStored, RunFault, runName } from "@autoencoder/model/run";
import { openDataset } from "../dataset.ts";
import { engines } from "../engines/choose.ts";
import { engineNames } from "../engines/engine.ts";
import { findAdapter } from "../engines/webgpu-device.ts";
import { describeError } from "../errors.ts";
import { type AdapterInfo, adapterName, isSoftware, openDawn } from "../native/dawn.ts";
import { root } from "../paths.ts";

/** What `npm run doctor` asks of the trainer: which engines can start, whether MNIST is MNIST, whether each run is whole. */

/** One thing, its state, and for what is wanting what to do next. */
export interface Finding {
  /** `note`: it could be had. `fail`: something that the README promises does not work. */
  state: "ok" | "note" | "fail";
  about: string;
  found: string;
  next?: string | undefined;
}

export async function checkEngines(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of engineNames) {
    const about = `engine ${name}`;
    try {
      const probe = engines[name].probe();
      if (!probe.available) findings.push({ state: "note", about, found: probe.reason, next: probe.command });
      else if (name === "webgpu") findings.push(await checkGpu());
      else findings.push({ state: "ok", about, found: "can start" });
    } catch (error) {
      findings.push({ state: "fail", about, found: inProject(error), next: "npm run native" });
    }
  }
  return findings;
}

async function findGpu(): Promise<AdapterInfo> {
  return (await findAdapter(await openDawn())).info;
}

/** Where Dawn is installed: whether it finds a GPU. Nobody has to have one. @param lookForGpu asks it */
export async function checkGpu(lookForGpu = findGpu): Promise<Finding> {
  const about = "engine webgpu";
  try {
    const info = await lookForGpu();
    if (!isSoftware(info)) return { state: "ok", about, found: `can start on ${adapterName(info)}` };
    const found = `can start, but on ${adapterName(info)}, a software rasterizer: it is slow, and never taken unasked`;
    return { state: "note", about, found, next: "train with another engine" };
  } catch (error) {
    const [found = "", next] = inProject(error)
      .replace(/^engine webgpu: /, "")
      .split("; ");
    return { state: "note", about, found, next };
  }
}

/** @param open reads the digits that a training takes */
export async function checkDigits(open = () => openDataset(undefined)): Promise<Finding> {
  try {
    const { train, test, files } = await open();
    const found = `${train.count} and ${test.count} digits, ${files.length} checksums fit`;
    return { state: "ok", about: "MNIST", found };
  } catch (error) {
    return { state: "fail", about: "MNIST", found: inProject(error), next: "rm -r node_modules, then npm ci" };
  }
}

/** @param folder where the site looks for runs */
export async function checkRuns(folder: string): Promise<Finding[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && runName.safeParse(entry.name).success);
  const names = folders.map(({ name }) => name).sort();
  if (names.length === 0) {
    return [{ state: "fail", about: "runs", found: "there are none", next: "git restore artifacts, or train one" }];
  }
  return Promise.all(names.map((name) => checkRun(folder, name)));
}

async function checkRun(folder: string, name: string): Promise<Finding> {
  const about = `run ${name}`;
  try {
    const read = readerOf(join(folder, name));
    const run = await openRun(name, read);
    for (const { path } of run.files) await openFile(run, path, read);
    return { state: "ok", about, found: `${run.files.length} files, as run.json lists them` };
  } catch (error) {
    const next = `git restore artifacts/${name} where it is committed, else train it again`;
    return { state: "fail", about, found: error instanceof RunFault ? withoutMend(error) : inProject(error), next };
  }
}

/** Reads the plain files of a run, as the site does: no link, nothing that is larger than it may be. */
function readerOf(folder: string): ReadStored {
  return async (path, most) => {
    const full = join(folder, path);
    const stat = await lstat(full).catch(() => undefined);
    const refuse = (expected: string, came: string) => new RunFault({ file: path, expected, came, mend: "restore it" });
    if (!stat?.isFile()) throw refuse("a plain file", stat ? "it is a link or a folder" : "it is missing");
    if (stat.size > most) throw refuse(`at most ${most} bytes`, `got ${stat.size}`);
    const bytes = new Uint8Array(await readFile(full));
    return { bytes, sha256: async () => createHash("sha256").update(bytes).digest("hex") };
  };
}

function withoutMend({ message, fault }: RunFault): string {
  return message.slice(0, message.length - `; ${fault.mend}`.length);
}

/** An error in one line, its paths from the project's root. */
function inProject(error: unknown): string {
  const [line = ""] = describeError(error).split("\n");
  return line.replaceAll(root, ".");
}
