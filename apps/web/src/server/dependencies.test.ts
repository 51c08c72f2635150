import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunFault } from "@autoencoder/model/run";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cached } from "./cached.ts";
import { type Dependency, dependOn, recording, stillHolds } from "./dependencies.ts";
import { listRuns } from "./run-store.ts";
import { withFile } from "./stored-files.ts";

let folder: string;
const at = (path: string) => join(folder, path);
const read = (path: string) => withFile(folder, path, async (file) => String(Buffer.from(await file.bytes(100))));
/** Longer than a file system's tick, after which a file's state tells of the next change. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 150));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dependencies-"));
  mkdirSync(at("run"));
  writeFileSync(at("run/a.txt"), "first");
  vi.stubEnv("RUNS_DIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe("a recording", () => {
  it("has each file that its work opened, once, and none that other work opens meanwhile", async () => {
    writeFileSync(at("run/b.txt"), "other");
    await settle();
    const [a, b] = await Promise.all([
      recording(async () => [await read("run/a.txt"), await read("run/a.txt")]),
      recording(() => read("run/b.txt")),
    ]);
    await read("run/b.txt");
    expect(a.value).toEqual(["first", "first"]);
    expect(a.dependencies.map(({ path }) => path)).toEqual([at("run/a.txt")]);
    expect(b.dependencies.map(({ path }) => path)).toEqual([at("run/b.txt")]);
  });

  it("hands what it has to the one around it, also where its work fails", async () => {
    const { dependencies } = await recording(async () => {
      await recording(() => read("run/missing.txt")).catch(() => undefined);
      await recording(() => read("run/a.txt"));
    });
    expect(dependencies.map(({ path }) => path)).toEqual([at("run/missing.txt"), at("run/a.txt")]);
  });

  it("is plain data", async () => {
    const { dependencies } = await recording(() => read("run/a.txt"));
    expect(structuredClone(dependencies)).toEqual(dependencies);
  });
});

describe("what was recorded", () => {
  /** Whether what the work depends on still holds after a change. */
  async function holdsAfter(work: () => Promise<unknown>, change: () => void): Promise<boolean> {
    await settle();
    const { dependencies } = await recording(() => work().catch(() => undefined));
    expect(dependencies).not.toEqual([]);
    change();
    return stillHolds(dependencies);
  }
  const readA = () => read("run/a.txt");

  it("holds while nothing changes", async () => {
    expect(await holdsAfter(readA, () => {})).toBe(true);
    expect(
      await holdsAfter(
        () => read("run/missing.txt"),
        () => {},
      ),
    ).toBe(true);
    expect(await holdsAfter(listRuns, () => {})).toBe(true);
  });

  it.each<[string, () => void]>([
    ["is written anew with as many letters", () => writeFileSync(at("run/a.txt"), "other")],
    [
      "is written anew and dated back",
      () => {
        writeFileSync(at("run/a.txt"), "other");
        utimesSync(at("run/a.txt"), 0, 0);
      },
    ],
    ["goes", () => rmSync(at("run/a.txt"))],
    [
      "is replaced by a folder that is renamed into place",
      () => {
        mkdirSync(at("new"));
        writeFileSync(at("new/a.txt"), "first");
        renameSync(at("run"), at("old"));
        renameSync(at("new"), at("run"));
      },
    ],
  ])("does not hold once the file %s", async (_, change) => {
    expect(await holdsAfter(readA, change)).toBe(false);
  });

  it("does not hold once a file that was missing is there, or a run", async () => {
    expect(
      await holdsAfter(
        () => read("run/b.txt"),
        () => writeFileSync(at("run/b.txt"), "there"),
      ),
    ).toBe(false);
    expect(
      await holdsAfter(
        () => read("other/b.txt"),
        () => mkdirSync(at("other")),
      ),
    ).toBe(true);
    expect(await holdsAfter(listRuns, () => mkdirSync(at("another-run")))).toBe(false);
  });

  it("does not hold once the folder of runs is a link to another", async () => {
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    const other = mkdtempSync(join(tmpdir(), "dependencies-"));
    mkdirSync(join(other, "run"));
    writeFileSync(join(other, "run/a.txt"), "first");
    const held = await holdsAfter(
      () => withFile(link, "run/a.txt", async (file) => file.bytes(100)),
      () => {
        unlinkSync(link);
        symlinkSync(other, link);
      },
    );
    expect(held).toBe(false);
    for (const path of [link, other]) rmSync(path, { recursive: true });
  });

  it("never holds of a file that is as young as the clock's tick, and holds of it later", async () => {
    const now = vi.spyOn(Date, "now").mockReturnValue(Math.round(statSync(at("run/a.txt")).ctimeMs) + 50);
    const young = (await recording(readA)).dependencies;
    now.mockRestore();
    await settle();
    expect(await stillHolds(young)).toBe(false);
    expect(await stillHolds((await recording(readA)).dependencies)).toBe(true);
  });

  it("never holds of what was refused as a link, or failed otherwise than by what the file holds", async () => {
    renameSync(at("run/a.txt"), at("moved.txt"));
    symlinkSync(at("moved.txt"), at("run/a.txt"));
    expect(await holdsAfter(readA, () => {})).toBe(false);
    const failing = (error: Error) => () => withFile(folder, "moved.txt", () => Promise.reject(error));
    expect(await holdsAfter(failing(new Error("EIO: i/o error")), () => {})).toBe(false);
    const fault = new RunFault({ expected: "five letters", came: "got 4", mend: "write it again" });
    expect(await holdsAfter(failing(fault), () => {})).toBe(true);
  });

  it("never holds of two states of one file", async () => {
    await settle();
    const both = async () => {
      await readA();
      writeFileSync(at("run/a.txt"), "other");
      await settle();
      await readA();
    };
    expect((await recording(both)).dependencies).toHaveLength(2);
    expect(await holdsAfter(both, () => {})).toBe(false);
  });
});

it("a page that waits for what another computes is not kept where that fails", async () => {
  const compute = cached(() => read("run/missing.txt"));
  const page = () => recording(() => compute().catch(() => "a sentence"));
  const [first, second] = await Promise.all([page(), page()]);
  expect(await stillHolds(first.dependencies)).toBe(true);
  expect(await stillHolds(second.dependencies)).toBe(false);
  writeFileSync(at("run/missing.txt"), "there");
  expect(await stillHolds(first.dependencies)).toBe(false);
  expect((await page()).value).toBe("there");
});

it("what another copy of the module recorded is recorded here", async () => {
  vi.resetModules();
  const copy: typeof import("./dependencies.ts") = await import("./dependencies.ts");
  expect(copy.dependOn).not.toBe(dependOn);
  const one: Dependency = { path: "a", state: "b", settled: true };
  expect((await recording(async () => copy.dependOn(one))).dependencies).toEqual([one]);
});

it("nothing happens outside a recording", () => {
  expect(() => dependOn({ path: "a", state: "b", settled: true })).not.toThrow();
});
