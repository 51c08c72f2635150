import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/**
 * Marks the scripts that every page begins with (React, Next's router) for V8, which then compiles all of their functions while
 * they arrive, in a thread of its own. Otherwise it does so one by one in the main thread, in the first task of each page: on
 * a phone that held the page for 250 ms (docs/decisions/0020). Other browsers see a comment.
 * Source: https://v8.dev/blog/explicit-compile-hints
 */
const hint = "//# allFunctionsCalledOnLoad\n";

const built = fileURLToPath(new URL("../.next/", import.meta.url));
const { rootMainFiles } = JSON.parse(await readFile(`${built}build-manifest.json`, "utf8")) as {
  rootMainFiles: string[];
};
for (const file of rootMainFiles) {
  const script = await readFile(built + file, "utf8");
  if (!script.startsWith(hint)) await writeFile(built + file, hint + script);
}
console.log(`compiled ahead: ${rootMainFiles.length} scripts`);
