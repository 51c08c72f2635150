/** A process is known by its number and by when it started: numbers are used again. */

/** What is asked of the system; Node's own functions are such. */
interface ProcessSystem {
  platform: string;
  readFileSync(path: string, encoding: "utf8"): string;
  execFileSync(
    program: string,
    words: readonly string[],
    options: { encoding: "utf8"; stdio: ["ignore", "pipe", "ignore"] },
  ): string;
}

/** Stands for the start of a process that has ended and was not waited for: it still has its number. */
export const ended = "ended";

/** When a process started, as its system tells it; undefined where there is none, or the system does not tell. */
export function processStart(number: number, system: ProcessSystem): string | undefined {
  const { platform, readFileSync, execFileSync } = system;
  try {
    if (platform === "linux") {
      // proc(5): the name, in brackets, may hold anything; after it, state is the first field and starttime the twentieth.
      const fields = readFileSync(`/proc/${number}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
      if (fields[0] === "Z") return ended;
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[19]}`;
    }
    if (platform === "win32") return undefined;
    const words = ["-o", "lstart=", "-p", String(number)];
    return execFileSync("ps", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() || undefined;
  } catch {
    return undefined;
  }
}
