import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { parseRun, type Run } from "@autoencoder/model/run";
import type { TrainingState } from "@autoencoder/model/training";
import { afterAll, describe, expect, it, vi } from "vitest";
import { listFiles, publish } from "../../apps/trainer/src/run-folder/publish.ts";
import { type RunFolders, runFolders, WorkFolder } from "../../apps/trainer/src/run-folder/work-folder.ts";

/**
 * Every call to the file system while a checkpoint is saved or a run is published is, once, the one at which the disk is full,
 * and once the last one that the process makes. What is on the disk then is read as the next trainer reads it.
 */

type Fault = "the disk is full" | "the process dies";

/** Calls are counted; from number `at` on the fault holds. */
const disk = vi.hoisted(() => ({
  calls: 0,
  at: Number.POSITIVE_INFINITY,
  fault: "" as string,
  onDeath: () => {},
  /** A dead process holds no files open. */
  opened: [] as { close(): Promise<void> }[],
}));

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const full = () => Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC", syscall: "write" });
  /** @param grows whether the call needs space on the disk; one that does not fails only if it is the very one */
  async function turn(grows: boolean): Promise<void> {
    const late = ++disk.calls - disk.at;
    if (late < 0) return;
    if (disk.fault === "the disk is full") {
      if (grows || late === 0) throw full();
      return;
    }
    disk.onDeath();
    await new Promise(() => {});
  }
  const after =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>, grows: boolean) =>
    async (...args: Args): Promise<Result> => {
      await turn(grows);
      return call(...args);
    };
  return {
    ...real,
    mkdir: after(real.mkdir as (...args: unknown[]) => Promise<unknown>, true),
    rename: after(real.rename, false),
    rmdir: after(real.rmdir, false),
    rm: after(real.rm, false),
    async open(...args: Parameters<typeof real.open>) {
      await turn(true);
      const file = await real.open(...args);
      const write = file.writeFile.bind(file);
      file.writeFile = async (data) => {
        try {
          await turn(true);
        } catch (cause) {
          await write((data as Uint8Array).slice(0, data.length / 2)); // as much as there was space for
          throw cause;
        }
        await write(data);
      };
      file.sync = () => turn(true); // only a power cut would show what was not synced
      disk.opened.push(file);
      return file;
    },
  };
});

const root = mkdtempSync(join(tmpdir(), "crash-safety-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Lets `work` go until it ends or the process is as good as dead; says which, and how many calls it made. */
async function withFault(fault: Fault, at: number, work: () => Promise<unknown>) {
  const death = new Promise<"died">((resolve) => {
    Object.assign(disk, { calls: 0, at, fault, onDeath: () => resolve("died") });
  });
  const ended = work().then(
    () => "done" as const,
    (error: Error) => error,
  );
  const outcome = await Promise.race([ended, death]);
  disk.at = Number.POSITIVE_INFINITY;
  for (const file of disk.opened.splice(0)) await file.close();
  return { outcome, calls: disk.calls };
}

/** Opens a work folder whose trainer is dead. */
async function reopen(folders: RunFolders): Promise<WorkFolder> {
  const { pid } = deadProcess;
  writeFileSync(join(folders.work, "lock"), JSON.stringify({ process: pid, host: hostname(), since: "before" }));
  return WorkFolder.open(folders, now);
}
const deadProcess = spawnSync(process.execPath, ["--version"]);
const now = "2026-01-02T03:04:05.000Z";

function stateAfter(step: number): TrainingState {
  const [sums, weights] = [{ lossSum: 0, imagesSeen: 0, epochSeconds: 0, seconds: 0 }, Float32Array.of(step, 0.5)];
  const progress = { startedAt: now, step, epoch: 0, batch: step, ...sums, collapsedBatches: 0, history: [] };
  return { fingerprint: "one run", progress, weights, slots: { m: weights, v: weights }, losses: [step] };
}
const tableAfter = (step: number) => Uint8Array.of(step, step);

/** All calls of one piece of work, one after the other: `each` prepares, lets it go with the fault at that call, and looks. */
async function atEveryCall(each: (at: number, artifacts: string) => Promise<{ outcome: unknown }>): Promise<number> {
  for (let at = 1; at < 1000; at++) {
    const artifacts = mkdtempSync(join(root, "at-"));
    const { outcome } = await each(at, artifacts);
    rmSync(artifacts, { recursive: true });
    if (outcome === "done") return at - 1;
  }
  throw new Error("expected the work to end before the thousandth call");
}

describe.each<Fault>(["the disk is full", "the process dies"])("while a checkpoint is saved, %s", (fault) => {
  it("at any call: the checkpoint is the old one or the new one, whole, with snapshots no older than it", async () => {
    const calls = await atEveryCall(async (at, artifacts) => {
      const folders = runFolders(artifacts, "few");
      const work = await WorkFolder.open(folders, now);
      await work.save(stateAfter(1), tableAfter(1));
      const result = await withFault(fault, at, () => work.save(stateAfter(2), tableAfter(2)));
      if (fault === "the disk is full" && result.outcome !== "done") {
        expect(result.outcome).toMatchObject({ code: "ENOSPC" });
      }
      const again = await reopen(folders);
      const state = await again.load();
      const { step } = state.progress;
      expect(state).toEqual(stateAfter(step));
      expect([1, 2]).toContain(step);
      if (result.outcome === "done") expect(step).toBe(2);
      const table = (await again.loadSnapshots()) as Uint8Array;
      expect([
        [step, step],
        [2, 2],
      ]).toContainEqual([...table]);
      expect(readdirSync(folders.work).sort()).toEqual(["checkpoint.safetensors", "lock", "snapshots.safetensors"]);
      return result;
    });
    expect(calls).toBeGreaterThanOrEqual(11); // folder, and for each file: folder, temporary file, bytes, sync, name
  });
});

const { files: _, ...draft } = parseRun(
  readFileSync(join(import.meta.dirname, "../../artifacts/assignment/run.json"), "utf8"),
);
const run: Omit<Run, "files"> = { ...draft, name: "few" };
const contentsOf = (version: string) => ({ "history.csv": version, "encoder/weights.bin": `${version}${version}` });

/** What a published folder holds, proved to be whole; undefined where there is none. */
async function published(folder: string): Promise<string | undefined> {
  if (!existsSync(folder)) return undefined;
  const { files } = parseRun(readFileSync(join(folder, "run.json"), "utf8"));
  expect((await listFiles(folder)).filter(({ path }) => path !== "run.json")).toEqual(files);
  const version = readFileSync(join(folder, "history.csv"), "utf8");
  for (const [path, bytes] of Object.entries(contentsOf(version))) {
    expect(files.find((file) => file.path === path)?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
  return version;
}

describe.each<Fault>(["the disk is full", "the process dies"])("while a run is published, %s", (fault) => {
  it.each([true, false])("at any call, with a run of its name there: %s", async (replaces) => {
    await atEveryCall(async (at, artifacts) => {
      const folders = runFolders(artifacts, "few");
      const work = await WorkFolder.open(folders, now);
      if (replaces) await publish(folders, run, contentsOf("old"));
      await work.save(stateAfter(2), tableAfter(2));
      const result = await withFault(fault, at, () => publish(folders, run, contentsOf("new")));

      const there = await published(folders.published);
      const aside = existsSync(folders.replaced) ? readdirSync(folders.replaced) : [];
      if (there !== "old" && replaces) {
        expect(aside).toHaveLength(1); // the old run is never lost
        expect(await published(join(folders.replaced, aside[0] as string))).toBe("old");
      }
      if (result.outcome === "done") expect(there).toBe("new");
      else if (fault === "the disk is full") {
        expect(result.outcome).toMatchObject({ code: "ENOSPC" });
        expect(there).toBe(replaces ? "old" : undefined);
        expect(existsSync(join(folders.work, "publish"))).toBe(false);
      }

      const again = await reopen(folders);
      expect(await again.load()).toEqual(stateAfter(2));
      await publish(folders, run, contentsOf("new"));
      expect(await published(folders.published)).toBe("new");
      return result;
    });
  });
});
