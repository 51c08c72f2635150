import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The build that serves this page, as Next.js names it. */
export async function pageBuild(): Promise<string> {
  const file = join(/* turbopackIgnore: true */ process.cwd(), ".next", "BUILD_ID");
  return (await readFile(file, "utf8").catch(() => "development")).trim();
}
