/** A failure as one line: what was expected, what came, what to do. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  const at = path ? ` (${path})` : "";
  // Node reports a folder that a read-only disk refuses as one whose parent is missing.
  switch (code === "ENOENT" && syscall === "mkdir" ? "EROFS" : code) {
    case "ENOSPC":
    case "EDQUOT":
      return `the disk is full${at}; free some space, then run the same command with --resume`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `cannot write${at}: the disk or folder is read-only; make the artifacts folder writable, then run the same command again`;
    case "ENOTDIR":
    case "EEXIST":
      return `expected a folder${at} but there is a file in its place; move it away, then run the same command again`;
    default:
      return error.message.split("\n")[0] as string;
  }
}
