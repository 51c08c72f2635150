import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TrainerEvent, trainerEvent } from "@autoencoder/model/run";

/** Workers as processes, and what they leave in the folder that they share. */

export interface WorkerProcess {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
}

const root = join(import.meta.dirname, "../..");

export function startWorker(env: Record<string, string | undefined>, words: string[] = []): WorkerProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "packages/jobs/src/cli.ts", ...words], {
    cwd: root,
    env: { ...process.env, JOBS_URL: undefined, ARTIFACTS_DIR: undefined, INIT_CWD: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text) => {
      said += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { child, said: () => said, ended };
}

/** A run of the pool as its folder shows it. */
export class PoolRun {
  readonly #work: string;

  constructor(
    private readonly artifacts: string,
    readonly name: string,
  ) {
    this.#work = join(artifacts, ".work", name);
  }

  attempts(): number[] {
    if (!existsSync(this.#work)) return [];
    return readdirSync(this.#work).map((name) => Number(name.replace("attempt-", "")));
  }

  events(attempt: number): TrainerEvent[] {
    const path = join(this.#work, `attempt-${attempt}`, "events.jsonl");
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => trainerEvent.parse(JSON.parse(line)));
  }

  /** Epochs that an attempt trained. */
  epochs(attempt: number): number[] {
    return this.events(attempt).flatMap((event) => (event.event === "epoch" ? event.epoch : []));
  }

  /** How often it was published, over all attempts. */
  publications(): number {
    const all = this.attempts().flatMap((attempt) => this.events(attempt));
    return all.filter(({ event }) => event === "published").length;
  }

  /** The process that trains, as its lock names it. */
  trainer(attempt: number): number {
    const lock = JSON.parse(readFileSync(join(this.#work, `attempt-${attempt}`, "lock"), "utf8"));
    return lock.process as number;
  }

  isPublished(): boolean {
    return existsSync(join(this.artifacts, this.name, "run.json"));
  }

  weights(): string {
    const bytes = readFileSync(join(this.artifacts, this.name, "autoencoder/weights.bin"));
    return createHash("sha256").update(bytes).digest("hex");
  }
}
