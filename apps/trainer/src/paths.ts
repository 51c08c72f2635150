import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/[\\/]$/, "");

/** Where runs are published: artifacts/ in the project, or the folder that ARTIFACTS_DIR names. */
export function artifactsFolder(): string {
  const { ARTIFACTS_DIR } = process.env;
  return ARTIFACTS_DIR ? resolve(ARTIFACTS_DIR) : join(root, "artifacts");
}

/** A path as people are told it: from the project's root, where it lies below. */
export function shownPath(path: string): string {
  const below = relative(root, path);
  return below.startsWith("..") ? path : below;
}
