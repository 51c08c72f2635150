/** A failure of a run that has something to lose; `remedy` is what to do when its cause is mended. */
export class RunFailure extends Error {
  override name = "RunFailure";
  constructor(
    override readonly cause: Error,
    readonly remedy: string,
  ) {
    super(cause.message);
  }
}

/** Whether the system refused a file or folder. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

export function isDiskFull(error: unknown): boolean {
  return isFileError(error) && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

/** A failure as one line: what was expected, what came, what to do. */
export function describeError(error: unknown): string {
  if (error instanceof RunFailure) return describeCause(error.cause, error.remedy);
  return describeCause(error, "run the same command again");
}

function describeCause(error: unknown, next: string): string {
  const fault = faultOf(error);
  if (fault) return `${fault.came}; ${fault.mend}, then ${next}`;
  const line = error instanceof Error ? (error.message.split("\n")[0] as string) : String(error);
  return isFileError(error) ? `${line}; mend that, then ${next}` : line;
}

/** What the system refused, without what to do next: for a line about a run that goes on. */
export function describeFault(error: NodeJS.ErrnoException): string {
  return faultOf(error)?.came ?? (error.message.split("\n")[0] as string);
}

function faultOf(error: unknown): { came: string; mend: string } | undefined {
  if (!isFileError(error)) return undefined;
  const { code, path, syscall } = error;
  const at = path ? ` (${path})` : "";
  // Node reports a folder that a read-only disk refuses as one whose parent is missing.
  switch (code === "ENOENT" && syscall === "mkdir" ? "EROFS" : code) {
    case "ENOSPC":
    case "EDQUOT":
      return { came: `the disk is full${at}`, mend: "free some space" };
    case "EFBIG":
      return { came: `files may not be that large here${at}`, mend: "raise the limit (ulimit -f)" };
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return {
        came: `cannot write${at}: the disk or folder is read-only`,
        mend: "make the artifacts folder writable",
      };
    case "ENOTDIR":
    case "EEXIST":
      return { came: `expected a folder${at} but there is a file in its place`, mend: "move it away" };
    default:
      return undefined;
  }
}
