import { existsSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { onOneLine } from "@autoencoder/model";
import { eventLine, workFiles } from "@autoencoder/model/run";
import { trainerWords } from "./asked-training.ts";
import { clearAttempts, nextAttempt } from "./attempts.ts";
import { EventFile } from "./event-file.ts";
import { type JobEnd, type JobQueue, type Lease, leaseTimes } from "./queue.ts";
import type { KnownProcess, Trainers } from "./trainers.ts";

interface Around {
  queue: JobQueue;
  /** The folder of runs that the machines share. */
  artifacts: string;
  trainers: Pick<Trainers, "start" | "stop" | "isRunning">;
  /** What the queue calls this worker. */
  name: string;
  /** Asks it to end: the training that runs is saved and given back. */
  signal: AbortSignal;
  say: (line: string) => void;
}

/** Milliseconds between two looks at the queue, at the trainer, and between two of its events that are told. */
const looks = { queue: 1000, trainer: 250, told: 1000 };

/** Takes trainings, one after the other, until it is asked to end. It only starts processes and reads what they tell. */
export async function work(around: Around): Promise<void> {
  const { queue, name, signal, say } = around;
  while (!signal.aborted) {
    const lease = await queue.lease(name).catch((error: Error) => say(`the queue did not answer: ${error.message}`));
    if (lease) await trainOne(around, lease);
    else await wait(looks.queue, undefined, { signal }).catch(() => {});
  }
}

async function trainOne(around: Around, lease: Lease): Promise<void> {
  const { queue, artifacts, say } = around;
  const { run } = lease;
  const end = await attemptAt(around, lease).catch(
    (error: Error): JobEnd => ({ state: "failed", said: error.message }),
  );
  if (!end) return say(`${run}: the lease was lost; another machine may have it`);
  const held = await queue.finish(lease, end).catch(() => false);
  // Only now: until the queue knows of the end, another machine may look for the newest checkpoint.
  if (held && end.state === "finished") await clearAttempts(join(resolve(artifacts), ".work", run)).catch(() => {});
  say(
    `${run}: ${end.state === "waiting" ? "saved, and given back" : end.state}${end.said ? `, ${onOneLine(end.said, 300)}` : ""}`,
  );
}

/** One attempt, from its folder to its end; undefined where the lease was lost meanwhile. @throws Error */
async function attemptAt(
  { queue, artifacts, trainers, signal, say }: Around,
  lease: Lease,
): Promise<JobEnd | undefined> {
  const { run, asked } = lease;
  const isPublished = () => existsSync(join(resolve(artifacts), run, "run.json"));
  if (isPublished()) return { state: "finished" };
  const work = join(resolve(artifacts), ".work", run);
  const { attempt, folder, resumes } = await nextAttempt(work);
  await appendFile(join(folder, workFiles.events), eventLine({ event: "attempt", attempt, resumes }));
  let exited = false;
  const words = [...trainerWords(asked, { run, work }), "--attempt", String(attempt)];
  const trainer = trainers.start(words, folder, () => {
    exited = true;
  });
  say(`${run}: attempt ${attempt}${resumes ? ", from its newest checkpoint" : ""}`);

  let asksFor: "cancel" | "lost" | "end" | undefined;
  const stop = (why: typeof asksFor) => {
    if (asksFor) return;
    asksFor = why;
    trainers.stop(trainer);
  };
  const renewing = setInterval(() => {
    queue.renew(lease).then(
      (renewed) => renewed !== "held" && stop(renewed),
      () => {}, // it is asked again
    );
  }, leaseTimes.renew * 1000);
  const file = new EventFile(join(folder, workFiles.events));
  try {
    let [told, toldAt] = [0, 0];
    while (!exited && isAlive(trainers, trainer)) {
      await wait(looks.trainer);
      if (signal.aborted) stop("end");
      await file.read();
      const newest = file.events.at(-1);
      if (!newest || file.events.length === told || performance.now() - toldAt < looks.told) continue;
      [told, toldAt] = [file.events.length, performance.now()];
      queue.progress(lease, newest.event).catch(() => {});
    }
    await file.read();
  } finally {
    clearInterval(renewing);
  }
  if (isPublished()) return { state: "finished" };
  if (asksFor === "lost") return undefined;
  const end = file.events.findLast(({ event: { event } }) => event === "stopped" || event === "error")?.event;
  if (end?.event === "error") return { state: "failed", said: end.message };
  if (asksFor === "end") return { state: "waiting" };
  if (end?.event === "stopped") {
    return { state: "stopped", said: end.saved ? `saved after ${end.saved}` : "nothing was trained yet" };
  }
  if (asksFor === "cancel") return { state: "stopped", said: "its last checkpoint is kept, where there is one" };
  return { state: "failed", said: `the trainer ended without saying why; ${await lastWords(folder)}` };
}

function isAlive(trainers: Around["trainers"], trainer: KnownProcess): boolean {
  return trainers.isRunning(trainer);
}

async function lastWords(folder: string): Promise<string> {
  const text = await readFile(join(folder, workFiles.words), "utf8").catch(() => "");
  const line = text.trim().split("\n").at(-1) ?? "";
  return line === "" ? "it wrote nothing" : `the last that it wrote is: ${onOneLine(line, 300)}`;
}
