/** A process is known by its number and by when it started: numbers are used again. */

/** What is asked of the system. */
export interface ProcessSystem {
  platform: string;
  readText(path: string): string;
  /** The output of `ps` with these arguments. */
  ps(words: readonly string[]): string;
}

/** Stands for the start of a process that has ended and was not waited for: it still has its number. */
export const ended = "ended";

/** When a process started, as its system tells it; undefined where there is none, or the system does not tell. */
export function processStart(number: number, { platform, readText, ps }: ProcessSystem): string | undefined {
  try {
    if (platform === "linux") {
      // proc(5): the name, in brackets, may hold anything; after it, state is the first field and starttime the twentieth.
      const fields = readText(`/proc/${number}/stat`).split(") ").at(-1)?.split(" ") ?? [];
      if (fields[0] === "Z") return ended;
      return `${readText("/proc/sys/kernel/random/boot_id").trim()} ${fields[19]}`;
    }
    if (platform === "win32") return undefined;
    return ps(["-o", "lstart=", "-p", String(number)]).trim() || undefined;
  } catch {
    return undefined;
  }
}
