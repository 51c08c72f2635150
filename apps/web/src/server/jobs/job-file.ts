import { readFile } from "node:fs/promises";
import { askedTraining, processSchema, writeWhole } from "@autoencoder/jobs";
import { firstIssue, runName } from "@autoencoder/model/run";
import { z } from "zod";

const job = z.strictObject({
  run: runName,
  asked: askedTraining,
  /** ISO 8601. */
  added: z.string(),
  state: z.enum(["waiting", "running", "stopped", "finished", "failed"]),
  /** Its last attempt; 0 where there was none. */
  attempt: z.int().nonnegative(),
  /** The trainer, while it runs. */
  process: processSchema.optional(),
  /** It was asked to end. */
  stopping: z.boolean().optional(),
  /** Why it failed, or what is saved of it. */
  said: z.string().optional(),
});
export type Job = z.infer<typeof job>;

const jobFile = z.strictObject({
  /** The server that starts them: of two on the same folder one has to leave it alone. */
  server: processSchema.optional(),
  /** Attempts that were begun. */
  attempts: z.int().nonnegative(),
  /** In the order in which they were asked for; those that wait are the queue. */
  jobs: z.array(job),
});
export type JobFile = z.infer<typeof jobFile>;

/** The trainings of this machine, `.work/jobs.json`. @throws Error where it is something else */
export async function readJobs(path: string): Promise<JobFile> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { attempts: 0, jobs: [] };
    throw error;
  }
  const read = json(text);
  const result = jobFile.safeParse(read);
  if (result.success) return result.data;
  const { field, expected, came } = firstIssue(result.error, read);
  throw new Error(`${path}: ${field}: expected ${expected} but ${came}; move it away, then no training is known`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The path holds the old text or all of the new one, whatever happens meanwhile. */
export function writeJobs(path: string, jobs: JobFile): Promise<void> {
  return writeWhole(path, `${JSON.stringify(jobs, null, 1)}\n`);
}
