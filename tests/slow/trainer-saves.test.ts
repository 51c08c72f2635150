import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseRun } from "@autoencoder/model/run";
import { readState } from "@autoencoder/model/training";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePath } from "../../apps/trainer/src/run-folder/work-folder.ts";
import { sameOfRun, smallTraining } from "../fixtures/killed-runs.ts";
import { errorLine, type Started, startHere } from "../fixtures/trainer.ts";

/** What a training keeps of itself: by the clock, when it is stopped, when its folder goes or its disk refuses. */

const folder = mkdtempSync(join(tmpdir(), "saves-"));
const unbroken = join(folder, "unbroken");
const options = smallTraining(folder, 2);
const commandOf = (given: string[]) => `npm run train -- ${given.join(" ")}`;

beforeAll(async () => {
  expect((await startHere(options, unbroken).ended).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runOf = (artifacts: string) => parseRun(readFileSync(join(artifacts, "few/run.json"), "utf8"));

/** Does something once, when the trainer has printed this. */
function once(pattern: RegExp, deed: (trainer: Started) => void) {
  let done = false;
  return (seen: string, trainer: Started) => {
    if (done || !pattern.test(seen)) return;
    done = true;
    deed(trainer);
  };
}

/** A clock on which every look takes more than a minute: a checkpoint is due after every batch. */
function slowClock(date = () => new Date().toISOString()) {
  let now = 0;
  return { now: () => (now += 61_000), date, wait: async () => {} };
}

describe("a checkpoint", () => {
  it("is saved every minute, and continues from the middle of an epoch to the run that nobody broke", async () => {
    const artifacts = join(folder, "by-the-minute");
    const kept = new Map<string, string>();
    const keep = () => {
      const work = join(artifacts, ".work/few");
      if (!existsSync(join(work, "checkpoint.safetensors"))) return;
      const { epoch, batch } = readState(new Uint8Array(readFileSync(join(work, "checkpoint.safetensors")))).progress;
      const copy = join(folder, `at-${epoch}-${batch}`);
      kept.set(`${epoch}.${batch}`, copy);
      cpSync(work, join(copy, ".work/few"), { recursive: true });
      rmSync(join(copy, ".work/few/lock"), { force: true });
    };
    const { code } = await startHere(options, artifacts, keep, { clock: slowClock(), columns: 120 }).ended;
    expect(code).toBe(0);
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
    // Three batches an epoch: after the first two, and after the epoch.
    expect([...kept.keys()].sort()).toEqual([...["0.1", "0.2", "1.0", "1.1", "1.2", "2.0"]]);
    for (const at of ["0.1", "1.2"]) {
      const copy = kept.get(at) as string;
      const resumed = await startHere([...options, "--resume"], copy).ended;
      expect(resumed.output).toContain(`resumed after epoch ${at[0]}, batch ${at[2]}`);
      expect(sameOfRun(copy)).toEqual(sameOfRun(unbroken));
      expect(runOf(copy).startedAt).toBe(runOf(artifacts).startedAt);
    }
  });

  it("is not hurt by a clock that is set back: no time is negative, and nothing ends before it began", async () => {
    const artifacts = join(folder, "set-back");
    const times = ["2026-03-01T12:00:00.000Z", "2026-03-01T12:00:00.000Z", "1999-12-31T23:59:59.000Z"];
    const clock = slowClock(() => (times.length > 1 ? times.shift() : times[0]) as string);
    const { code, output } = await startHere(options, artifacts, undefined, { clock, columns: 120 }).ended;
    expect(code).toBe(0);
    expect(output).not.toMatch(/(^|[\s(])-\d/);
    expect(runOf(artifacts).startedAt).toBe("2026-03-01T12:00:00.000Z");
    const keras = unzipSync(new Uint8Array(readFileSync(join(artifacts, "few/encoder_model.keras"))));
    const { date_saved: saved } = JSON.parse(strFromU8(keras["metadata.json"] as Uint8Array));
    expect(Date.parse(`${saved.replace("@", "T")}Z`)).toBeGreaterThanOrEqual(Date.parse("2026-03-01T12:00:00.000Z"));
    for (const { seconds } of runOf(artifacts).history) expect(seconds).toBeGreaterThan(0);
  });

  it("that was put aside is never overwritten by one of the same millisecond", async () => {
    const names = await Promise.all([1, 2, 3].map(() => freePath(folder, "a")));
    const next = async () => {
      const path = await freePath(folder, "a");
      mkdirSync(path);
      return path;
    };
    const made = [await next(), await next(), await next(), await next(), await next()];
    expect(new Set(made).size).toBe(5);
    expect(names[0]).toMatch(/a-20\d\d-/);
  });
});

describe("a training that is stopped", () => {
  it("while its steps are timed has nothing to save, leaves nothing, and names the command that starts it again", async () => {
    const artifacts = join(folder, "while-timed");
    const longer = smallTraining(folder, 4); // of six steps none is timed
    const press = once(/timing step 1/, (trainer) => trainer.interrupt());
    const { code, output } = await startHere(longer, artifacts, press, { columns: 120 }).ended;
    expect(code).toBe(130);
    expect(output).toContain(
      `stopped before the first batch: there is nothing to save. Start again with:\n  ${commandOf(longer)}\n`,
    );
    expect(existsSync(artifacts)).toBe(false);
  });

  it("after its last epoch is saved, and the command that it names publishes it", async () => {
    const artifacts = join(folder, "after-the-last");
    const press = once(/epoch 2\/2/, (trainer) => trainer.interrupt());
    const { code, output } = await startHere(options, artifacts, press).ended;
    expect(code).toBe(130);
    expect(output).toContain(
      `stopped after epoch 2, batch 0; saved. All is trained. Publish it with:\n  ${commandOf(options)} --resume\n`,
    );
    const resumed = await startHere([...options, "--resume"], artifacts).ended;
    expect(resumed.output).not.toContain("epoch 2/2");
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
  });
});

describe("a training whose disk fails it", () => {
  it("is finished and saved where it cannot be published, and the command that it names publishes it", async () => {
    const artifacts = join(folder, "unpublished");
    cpSync(join(unbroken, "few"), join(artifacts, "few"), { recursive: true }); // a run to be replaced
    writeFileSync(join(artifacts, ".replaced"), "");
    const failed = await startHere(options, artifacts).ended;
    expect(failed.code).toBe(1);
    expect(errorLine(failed)).toBe(
      `error: expected a folder (${join(artifacts, ".replaced")}) but there is a file in its place; move it away, ` +
        `then publish the finished run with: ${commandOf(options)} --resume`,
    );
    expect(existsSync(join(artifacts, ".work/few/publish"))).toBe(false);
    rmSync(join(artifacts, ".replaced"));
    expect((await startHere([...options, "--resume"], artifacts).ended).code).toBe(0);
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
    expect(readdirSync(join(artifacts, ".replaced"))).toHaveLength(1);
    expect(existsSync(join(artifacts, ".work"))).toBe(false);
  });

  it("goes on where all of its folders are removed under it", async () => {
    const artifacts = join(folder, "removed");
    const remove = once(/epoch 1\/2/, () => rmSync(artifacts, { recursive: true }));
    expect((await startHere(options, artifacts, remove).ended).code).toBe(0);
    expect(sameOfRun(artifacts)).toEqual(sameOfRun(unbroken));
  });
});
