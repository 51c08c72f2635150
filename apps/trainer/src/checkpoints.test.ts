import type { TrainingState } from "@autoencoder/model/training";
import { expect, it } from "vitest";
import { Checkpoints } from "./checkpoints.ts";
import type { StopSignal } from "./terminal.ts";

/** A run that is saved on a disk which fills up, and a clock that moves only when somebody waits. */
function runOnDisk() {
  let milliseconds = 0;
  const lines: string[] = [];
  const disk = { full: false, broken: false, tries: 0, emptiedAt: Number.POSITIVE_INFINITY };
  const stop: { signal: StopSignal | undefined } = { signal: undefined };
  const clock = {
    now: () => milliseconds,
    date: () => "",
    wait: async (time: number) => {
      milliseconds += time;
      if (milliseconds >= disk.emptiedAt) disk.full = false;
    },
  };
  const work = {
    save: async () => {
      disk.tries++;
      if (disk.broken) throw new Error("another trainer is at work on this run");
      if (disk.full)
        throw Object.assign(new Error("ENOSPC: no space"), { code: "ENOSPC", syscall: "write", path: "/d/c" });
    },
  };
  const checkpoints = new Checkpoints(
    { work, clock, progress: { always: (text) => lines.push(text) }, stop },
    undefined,
  );
  const at = (batch: number) => async () => ({ state: stateAt(batch), snapshots: new Uint8Array() });
  return { checkpoints, clock, disk, lines, stop, at };
}

/** A training at this batch of its first epoch. */
function stateAt(batch: number): TrainingState {
  const [sums, none] = [{ lossSum: 0, imagesSeen: 0, epochSeconds: 0, seconds: 0 }, new Float32Array()];
  const progress = { startedAt: "", step: batch, epoch: 0, batch, ...sums, collapsedBatches: 0, history: [] };
  return { fingerprint: "", progress, weights: none, slots: {}, losses: [] };
}

it("A checkpoint is due a minute after the last one, whether that was written or not", async () => {
  const { checkpoints, clock, disk, at } = runOnDisk();
  expect(checkpoints.due).toBe(false);
  await clock.wait(60_000);
  expect(checkpoints.due).toBe(true);
  disk.full = true;
  await checkpoints.save(at(3));
  expect(checkpoints.due).toBe(false);
});

it("On a full disk a run goes on, says once what is saved, and says when it saves again", async () => {
  const { checkpoints, disk, lines, at } = runOnDisk();
  await checkpoints.save(at(3));
  disk.full = true;
  await checkpoints.save(at(6));
  await checkpoints.save(at(9));
  expect(checkpoints.saved).toBe("epoch 0, batch 3");
  disk.full = false;
  await checkpoints.save(at(12));
  await checkpoints.save(at(15));
  expect(lines).toEqual([
    "could not save: the disk is full (/d/c); what is saved ends after epoch 0, batch 3. The training goes on and tries again.",
    "saved after epoch 0, batch 12",
  ]);
});

it("A run that another trainer has taken over ends", async () => {
  const { checkpoints, disk, at } = runOnDisk();
  disk.broken = true;
  await expect(checkpoints.save(at(3))).rejects.toThrow("another trainer");
});

it("What a run ends with waits for space on a full disk, and is saved when there is some", async () => {
  const { checkpoints, disk, lines, at } = runOnDisk();
  Object.assign(disk, { full: true, emptiedAt: 45_000 });
  await checkpoints.saveLast(at(9));
  expect(disk.tries).toBe(6); // at 0, 10, 20, 30, 40 and 50 s
  expect(checkpoints.saved).toBe("epoch 0, batch 9");
  expect(lines).toEqual([
    "the disk is full (/d/c); free some space: saving is tried every 10 s for 10 min 0 s, Ctrl-C gives up",
  ]);
});

it("It does not wait for ever, nor after Ctrl-C", async () => {
  const patient = runOnDisk();
  patient.disk.full = true;
  await expect(patient.checkpoints.saveLast(patient.at(9))).rejects.toThrow("ENOSPC");
  expect(patient.clock.now()).toBe(600_000);

  const hurried = runOnDisk();
  hurried.disk.full = true;
  const saving = hurried.checkpoints.saveLast(hurried.at(9));
  hurried.stop.signal = "SIGINT";
  await expect(saving).rejects.toThrow("ENOSPC");
  expect(hurried.clock.now()).toBeLessThanOrEqual(10_000);
});
