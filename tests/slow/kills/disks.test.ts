import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sameOfRun, smallTraining } from "../../fixtures/killed-runs.ts";
import { startHere } from "../../fixtures/trainer.ts";

/** Real disks that are full, read-only, or do not take large files. A checkpoint of this network has 2.4 MB. */

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "disks-"));
const training = smallTraining(folder, 2);
const unbroken = join(folder, "unbroken");
const disk = join(folder, "disk");
mkdirSync(disk);
const artifacts = join(disk, "artifacts");
const resume = `npm run train -- ${training.join(" ")} --resume`;

beforeAll(async () => {
  expect((await startHere(training, unbroken).ended).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Trainer {
  child: ChildProcess;
  printed: () => string;
  ended: Promise<number | null>;
}

/** The trainer on a clock on which ten minutes of waiting for space pass in 0.6 s. @param shell what is set before it */
function start(args: string[], artifactsFolder: string, shell = ""): Trainer {
  const command = [process.execPath, "--import", "tsx", "tests/fixtures/hasty-trainer.ts", ...args].join(" ");
  const env = { ...process.env, ARTIFACTS_DIR: artifactsFolder };
  const child = spawn("bash", ["-c", `${shell} exec ${command}`], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text) => {
      printed += text;
    });
  }
  return { child, printed: () => printed, ended: new Promise((resolve) => child.on("close", resolve)) };
}

const lastLine = ({ printed }: Trainer) => printed().trim().split("\n").at(-1);
const mount = (...options: string[]) => spawnSync("mount", [...options, disk], { encoding: "utf8" });
const probe = mount("-t", "tmpfs", "-o", "size=1m", "tmpfs");
if (probe.status === 0) spawnSync("umount", [disk]);

describe.runIf(probe.status === 0)("a training on a disk of its own (mounting one needs root)", () => {
  const sized = (size: string) => expect(mount("-t", "tmpfs", "-o", `size=${size}`, "tmpfs").status).toBe(0);
  const becomes = (options: string) => expect(mount("-o", `remount,${options}`).status).toBe(0);
  afterEach(() => spawnSync("umount", [disk]));

  it("that has no space for a checkpoint goes on to its end, waits there, and says what to do", async () => {
    sized("1m");
    const trainer = start(training, artifacts);
    expect(await trainer.ended).toBe(1);
    expect(trainer.printed()).toMatch(
      /could not save: the disk is full \(.*checkpoint.safetensors\); nothing is saved yet/,
    );
    expect(trainer.printed()).toContain("epoch 2/2");
    expect(lastLine(trainer)).toBe(
      `error: the disk is full (${join(artifacts, ".work/few/checkpoint.safetensors")}); free some space, then run the same command again`,
    );
  });

  it("that gets space while it waits is saved and published", async () => {
    sized("1m");
    const trainer = start(training, artifacts);
    while (!trainer.printed().includes("saving is tried every")) await new Promise((resolve) => setTimeout(resolve, 2));
    becomes("size=64m");
    expect(await trainer.ended, trainer.printed()).toBe(0);
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
  });

  it("that has space for checkpoints and none for the run keeps what is trained, and the command named publishes it", async () => {
    sized("5600k"); // two checkpoints while one replaces the other; the run's files are larger
    const trainer = start(training, artifacts);
    expect(await trainer.ended).toBe(1);
    expect(lastLine(trainer)).toMatch(
      /^error: the disk is full \(.*\); free some space, then publish the finished run with: /,
    );
    expect(lastLine(trainer)?.endsWith(resume)).toBe(true);
    expect(readdirSync(join(artifacts, ".work/few")).sort()).toEqual([
      "checkpoint.safetensors",
      "snapshots.safetensors",
    ]);
    becomes("size=64m");
    const again = start([...training, "--resume"], artifacts);
    expect(await again.ended, again.printed()).toBe(0);
    expect(again.printed()).not.toContain("epoch 2/2");
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
  });

  it("that is read-only is refused before anything is computed", async () => {
    sized("1m");
    becomes("ro");
    const trainer = start(training, artifacts);
    expect(await trainer.ended).toBe(1);
    expect(trainer.printed()).toBe(
      `error: cannot write (${artifacts}): the disk or folder is read-only; make the artifacts folder writable, then run the same command again\n`,
    );
  });

  it("that becomes read-only goes on, and is saved when it can be written again", async () => {
    sized("64m");
    const trainer = start(training, artifacts);
    while (!existsSync(join(artifacts, ".work/few/checkpoint.safetensors"))) await new Promise((r) => setTimeout(r, 2));
    while (mount("-o", "remount,ro").status !== 0) await new Promise((r) => setTimeout(r, 2)); // busy while it writes
    while (!trainer.printed().includes("could not save")) await new Promise((r) => setTimeout(r, 2));
    becomes("rw");
    expect(await trainer.ended, trainer.printed()).toBe(0);
    expect(trainer.printed()).toMatch(
      /could not save: cannot write \(.*\): the disk or folder is read-only; what is saved ends after epoch 0, batch \d/,
    );
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
  });
});

it("A training that may not write files as large as a checkpoint (ulimit -f) says so", async () => {
  const small = join(folder, "small-files");
  const trainer = start(training, small, 'trap "" XFSZ; ulimit -f 1000;');
  expect(await trainer.ended).toBe(1);
  expect(lastLine(trainer)).toBe(
    `error: files may not be that large here (${join(small, ".work/few/checkpoint.safetensors")}); raise the limit (ulimit -f), then run the same command again`,
  );
});
