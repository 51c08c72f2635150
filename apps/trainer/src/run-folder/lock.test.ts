import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Lock } from "./lock.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = "2026-01-02T03:04:05.000Z";
const heldBy = (holder: object) =>
  writeFileSync(path, JSON.stringify({ process: process.pid, host: hostname(), since: now, ...holder }));
const holder = () => JSON.parse(readFileSync(path, "utf8"));
const deadProcess = () => spawnSync(process.execPath, ["--version"]).pid;

describe("a lock", () => {
  it("names process, host and time, and refuses whoever comes while that process runs", async () => {
    const lock = await Lock.take(path, now);
    expect(holder()).toMatchObject({ process: process.pid, host: hostname(), since: now });
    await expect(Lock.take(path, "2026-01-02T04:00:00.000Z")).rejects.toThrow(
      `another trainer (process ${process.pid} on ${hostname()}, since ${now}) is at work on this run; ` +
        "wait for it, or give this one another --name",
    );
    await lock.release();
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["whose process is dead", () => heldBy({ process: deadProcess() })],
    ["that a process left before it wrote its name", () => writeFileSync(path, "")],
  ])("%s is taken over", async (_, leave) => {
    leave();
    await Lock.take(path, now);
    expect(holder().process).toBe(process.pid);
  });

  it.runIf(process.platform === "linux")(
    "whose process's number another process has by now is taken over",
    async () => {
      // This process has the number, and started at another time than the one that left the lock.
      heldBy({ started: "an earlier boot 4711" });
      await Lock.take(path, now);
      expect(holder().started).not.toBe("an earlier boot 4711");
    },
  );

  it.runIf(process.platform === "linux")("whose process has ended but was never waited for is taken over", async () => {
    // A shell would wait for it: it ends when the shell is a sleep already.
    const parent = spawn("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    const child = await new Promise<number>((resolve) => parent.stdout.once("data", (text) => resolve(Number(text))));
    await expect.poll(() => readFileSync(`/proc/${child}/stat`, "utf8"), { timeout: 10_000 }).toContain(") Z ");
    heldBy({ process: child });
    await Lock.take(path, now);
    parent.kill();
    expect(holder().process).toBe(process.pid);
  });

  it("of another machine is not taken over, since its processes cannot be seen", async () => {
    heldBy({ host: "elsewhere", process: deadProcess() });
    await expect(Lock.take(path, now)).rejects.toThrow(/on elsewhere, since .*; wait for it, or remove .*lock if/);
  });

  it("that names nobody is left to a person", async () => {
    writeFileSync(path, "hello");
    await expect(Lock.take(path, now)).rejects.toThrow(
      `expected the lock ${path} to name a process but it does not; remove it if no trainer is running`,
    );
  });

  it("that is removed is taken again, and one that another took meanwhile is not", async () => {
    const lock = await Lock.take(path, now);
    rmSync(path);
    await lock.keep();
    expect(holder().since).toBe(now);
    heldBy({ since: "2026-01-02T05:00:00.000Z" });
    await expect(lock.keep()).rejects.toThrow("since 2026-01-02T05:00:00.000Z) is at work on this run");
    await lock.release();
    expect(existsSync(path)).toBe(true); // it is not its own
  });

  it("of a dead process goes to one of three that find it at the same moment", async () => {
    const dead = deadProcess();
    for (let round = 0; round < 50; round++) {
      heldBy({ process: dead });
      const takers = ["01", "02", "03"].map((second) => Lock.take(path, `2026-01-02T03:04:${second}.000Z`));
      const settled = await Promise.allSettled(takers);
      expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      rmSync(path);
    }
  });
});
