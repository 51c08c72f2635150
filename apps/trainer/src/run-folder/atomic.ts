import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** How the names of files end that are being written; what a killed process left of them is worth nothing. */
export const temporaryEnd = ".tmp";

/** Writes a file so that its path holds either the old bytes or all of the new ones, whatever happens meanwhile. */
export async function writeAtomically(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(4).toString("hex")}${temporaryEnd}`;
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    // Node does not say which file a write failed on, and nobody knows the temporary one.
    if (cause instanceof Error) Object.assign(cause, { path });
    throw cause;
  }
}
