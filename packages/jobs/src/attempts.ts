import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { attemptName, attemptOf, workFiles } from "@autoencoder/model/run";

/** The attempts at a run: `.work/RUN/attempt-N`, each written by one trainer alone. */

/** Their numbers, in order. */
export async function attemptsOf(work: string): Promise<number[]> {
  const names = await readdir(work).catch(() => [] as string[]);
  return names.flatMap((name) => attemptOf(name) ?? []).sort((a, b) => a - b);
}

export function attemptFolder(work: string, attempt: number): string {
  return join(work, attemptName(attempt));
}

/** Makes the next attempt's folder, which is nobody else's: making it is the claim. */
export async function nextAttempt(work: string): Promise<{ attempt: number; folder: string; resumes: boolean }> {
  await mkdir(work, { recursive: true });
  for (;;) {
    const before = await attemptsOf(work);
    const attempt = (before.at(-1) ?? 0) + 1;
    const folder = attemptFolder(work, attempt);
    const resumes = before.some((one) => existsSync(join(attemptFolder(work, one), workFiles.checkpoint)));
    try {
      await mkdir(folder);
      return { attempt, folder, resumes };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Removes what attempts at a published run have left and what they began with, but for what they told. */
export async function clearAttempts(work: string): Promise<void> {
  await rm(join(work, workFiles.fromPage), { force: true });
  for (const attempt of await attemptsOf(work)) {
    const folder = attemptFolder(work, attempt);
    for (const name of await readdir(folder).catch(() => [] as string[])) {
      if (name !== workFiles.events) await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}
