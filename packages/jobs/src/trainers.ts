import { execFile, execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type EngineReport, ended, engineReport, processStart, workFiles } from "@autoencoder/model/run";
import { z } from "zod";

/** A process by its number and its start, as its system tells it. */
export const processSchema = z.strictObject({ number: z.int().positive(), started: z.string().optional() });
export type KnownProcess = z.infer<typeof processSchema>;

/** The trainer's processes on this machine, as far as trainings need them. */
export interface Trainers {
  /**
   * Starts one in its own process group, which outlives this server. What it tells is appended to its work folder.
   * @param exited called when it ends while this server runs @throws Error where there is no trainer
   */
  start(words: readonly string[], work: string, exited: () => void): KnownProcess;
  isRunning(process: KnownProcess): boolean;
  /** Asks it to save and to end. */
  stop(process: KnownProcess): void;
  /** @throws Error of one line */
  engines(): Promise<EngineReport>;
}

interface Settings {
  /** The project's folder. */
  root: string;
  /** Where runs are published. */
  runs: string;
  /** Where MNIST's files are, unless they are those of its package. */
  digits?: string | undefined;
  env: NodeJS.ProcessEnv;
}

export function trainersIn({ root, runs, digits, env: given }: Settings): Trainers {
  const env = { ...given, ARTIFACTS_DIR: resolve(runs) };
  const data = digits === undefined ? [] : ["--data", resolve(digits)];
  const program = ["--import", "tsx", join("apps", "trainer", "src", "cli.ts")];

  function requireTrainer(): void {
    if (existsSync(join(root, "apps/trainer/src/cli.ts")) && existsSync(join(root, "node_modules/tsx"))) return;
    throw new Error(
      `expected the trainer in ${join(root, "apps/trainer")} but it is not there; run the site in its project`,
    );
  }

  return {
    start(words, work, exited) {
      requireTrainer();
      const events = openSync(join(work, workFiles.events), "a");
      const people = openSync(join(work, workFiles.words), "a");
      try {
        const child = spawn(process.execPath, [...program, ...words, ...data, "--json"], {
          cwd: root,
          env,
          detached: true,
          windowsHide: true,
          stdio: ["ignore", events, people],
        });
        child.once("exit", exited);
        child.once("error", exited);
        child.unref();
        if (child.pid === undefined) throw new Error("expected the trainer to start but the system refused; try again");
        lower(child.pid);
        return known(child.pid);
      } finally {
        closeSync(events);
        closeSync(people);
      }
    },
    isRunning({ number, started }) {
      try {
        process.kill(number, 0);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
      }
      const start = startOf(number);
      return start !== ended && (started === undefined || start === undefined || start === started);
    },
    stop(trainer) {
      if (this.isRunning(trainer)) process.kill(trainer.number, "SIGTERM");
    },
    async engines() {
      requireTrainer();
      const options = { cwd: root, env, timeout: 60_000, windowsHide: true };
      const asked = promisify(execFile)(process.execPath, [...program, "engines", "--json"], options);
      if (asked.child.pid !== undefined) lower(asked.child.pid);
      const { stdout } = await asked;
      return engineReport.parse(JSON.parse(stdout));
    },
  };
}

/** A process as it can be found again. */
export function known(number: number): KnownProcess {
  const started = startOf(number);
  return { number, ...(started !== undefined && { started }) };
}

function startOf(number: number): string | undefined {
  return processStart(number, { platform: process.platform, readFileSync, execFileSync });
}

/** The trainer does so itself; before it comes to that, it loads and translates its program. */
function lower(number: number): void {
  try {
    setPriority(number, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // ended already, or not allowed here
  }
}
