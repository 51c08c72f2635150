import { execFileSync } from "node:child_process";
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPaths } from "@autoencoder/model/run";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runPicture } from "./pictures.ts";
import { listRuns, readRun, readRunFile, readRunTable, readRunText, readRunWeights } from "./run-store.ts";

const committed = join(import.meta.dirname, "../../../../tests/fixtures/runs/code-of-32");

let outside: string;
let runs: string;
const at = (path: string) => join(runs, "code-of-32", path);
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), "outside-"));
  runs = mkdtempSync(join(tmpdir(), "runs-"));
  cpSync(committed, join(runs, "code-of-32"), { recursive: true });
  vi.stubEnv("RUNS_DIR", runs);
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of [outside, runs]) rmSync(folder, { recursive: true, force: true });
});

/** Moves a file or folder of the run out of it and leaves a link to it. */
function linkOut(path: string): void {
  renameSync(at(path), join(outside, "moved"));
  symlinkSync(join(outside, "moved"), at(path));
}

it("reads a run through a link to the folder of all runs", async () => {
  symlinkSync(runs, join(outside, "artifacts"));
  vi.stubEnv("RUNS_DIR", join(outside, "artifacts"));
  const run = await readRun("code-of-32");
  expect((await readRunFile(run, runPaths.history)).bytes.length).toBe(statSync(at(runPaths.history)).size);
});

it("follows no link below it: neither run.json, nor a file, nor a folder, nor a run's own folder", async () => {
  const run = await readRun("code-of-32");
  linkOut("page");
  await expect(readRunFile(run, runPaths.pageEncoder)).rejects.toThrow(
    'page/encoder/model.json of the run "code-of-32": expected a plain file but it is a link; train the run again',
  );
  rmSync(join(outside, "moved"), { recursive: true });
  linkOut(runPaths.history);
  await expect(readRunFile(run, runPaths.history)).rejects.toThrow("expected a plain file but it is a link");
  rmSync(join(outside, "moved"));
  linkOut("run.json");
  await expect(readRunText("code-of-32")).rejects.toThrow(
    'the run "code-of-32" cannot be read: run.json: expected a plain file but it is a link; train the run again',
  );
  symlinkSync(committed, join(runs, "linked"));
  await expect(readRun("linked")).rejects.toMatchObject({ code: "BROKEN" });
  expect((await listRuns()).map(({ name }) => name)).toEqual(["code-of-32"]);
});

it("gives nothing as run.json that is none", async () => {
  mkdirSync(join(runs, "secret"));
  writeFileSync(join(runs, "secret/run.json"), "root:x:0:0\n");
  await expect(readRunText("secret")).rejects.toMatchObject({ code: "BROKEN" });
});

it.skipIf(process.platform === "win32")("waits for no pipe", async () => {
  rmSync(at("run.json"));
  execFileSync("mkfifo", [at("run.json")]);
  await expect(readRun("code-of-32")).rejects.toThrow("expected a plain file but it is a device");
});

it("says of a run.json that is there and cannot be opened why, and not that it is missing", async () => {
  vi.resetModules();
  vi.doMock("node:fs/promises", async (importOriginal) => ({
    ...(await importOriginal<typeof import("node:fs/promises")>()),
    open: () => Promise.reject(Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" })),
  }));
  const { readRun } = await import("./run-store.ts");
  await expect(readRun("code-of-32")).rejects.toMatchObject({
    code: "BROKEN",
    message:
      'the run "code-of-32" cannot be read: run.json: expected a file that can be read but EACCES; see to the rights of its folder',
  });
  vi.doUnmock("node:fs/promises");
  vi.resetModules();
});

it("refuses a run.json by its size before it reads it", async () => {
  writeFileSync(at("run.json"), " ".repeat(4_000_001));
  await expect(readRun("code-of-32")).rejects.toThrow("run.json: expected at most 4000000 bytes but got 4000001");
});

it("finds out that a file was altered although its size and its time of change are the same", async () => {
  const path = at(runPaths.history);
  const { mtime } = statSync(path);
  const run = await readRun("code-of-32");
  await readRunFile(run, runPaths.history);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0x30, 20, 21));
  utimesSync(path, mtime, mtime);
  await expect(readRunFile(run, runPaths.history)).rejects.toThrow(/expected SHA-256 .{13} but got/);
});

it("says of a renamed folder that it was, also where its file was read before", async () => {
  await readRun("code-of-32");
  renameSync(join(runs, "code-of-32"), join(runs, "other"));
  await expect(readRun("other")).rejects.toThrow('but it calls itself "code-of-32": its folder was renamed');
  await expect(readRun("code-of-32")).rejects.toMatchObject({ code: "NOT_FOUND" });
  mkdirSync(join(runs, "twin"));
  linkSync(join(runs, "other/run.json"), join(runs, "twin/run.json"));
  await expect(readRun("twin")).rejects.toMatchObject({ code: "BROKEN" });
});

it("lists runs that are broken beside those that are not", async () => {
  for (const [name, text] of [
    ["a-deep", "[".repeat(50_000)],
    ["b-null", "null"],
    ["c-misfit", readFileSync(at("run.json"), "utf8").replace('"filters": 32', '"filters": 33')],
  ] as const) {
    mkdirSync(join(runs, name));
    writeFileSync(join(runs, name, "run.json"), text);
  }
  const list = await listRuns();
  expect(list.map(({ name, result }) => [name, result.ok])).toEqual([
    ["a-deep", false],
    ["b-null", false],
    ["c-misfit", false],
    ["code-of-32", true],
  ]);
});

it("names the weights where they are missing, not the model that stands beside them", async () => {
  const run = await readRun("code-of-32");
  rmSync(at("page/encoder/weights.bin"));
  await expect(readRunWeights(run, runPaths.pageEncoder)).rejects.toThrow(
    'page/encoder/weights.bin of the run "code-of-32" cannot be read; train the run again',
  );
});

it("names file, tensor and run where a table is no table, and a picture that is none", async () => {
  const run = await readRun("code-of-32");
  const { sha256 } = run.files.find(({ path }) => path === runPaths.history) ?? { sha256: "" };
  const { bytes } = await readRunFile(run, runPaths.history);
  const files = run.files.map((file) =>
    [runPaths.samples, runPaths.reconstructions].some((path) => path === file.path)
      ? { ...file, bytes: bytes.length, sha256 }
      : file,
  );
  for (const path of [runPaths.samples, runPaths.reconstructions]) writeFileSync(at(path), bytes);
  await expect(readRunTable({ ...run, files }, runPaths.samples)).rejects.toThrow(
    /^samples.safetensors of the run "code-of-32": table: expected a safetensors header/,
  );
  const { result } = await runPicture({ ...run, files }, runPaths.reconstructions);
  expect(result).toMatchObject({ ok: false, problem: { sentence: expect.stringContaining("is no PNG") } });
});
