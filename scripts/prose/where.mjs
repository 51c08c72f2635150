// Which files hold sentences that a reader of the site or of the repository's front page meets.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/process.mjs";

const folders = ["apps/web/content", "apps/web/src", "packages/ui/src"];
const ofReaders = /\.(mdx|tsx)$|\/content\/[a-z-]+\.ts$/;
const tests = /\.test\.tsx?$/;

/** Chapters, components, and the texts in content/*.ts; README.md. */
export function filesWithProse() {
  const inFolders = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  return [join(root, "README.md"), ...inFolders.filter((path) => ofReaders.test(path) && !tests.test(path)).sort()];
}
