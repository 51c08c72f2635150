// npm run prose: reads every sentence of the site and of README.md against docs/writing.md; part of npm run check.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { command, root, say } from "./lib/process.mjs";
import { complaintsOf } from "./prose/complaints.mjs";
import { textsOf } from "./prose/texts.mjs";
import { filesWithProse } from "./prose/where.mjs";

command(async () => {
  let found = 0;
  for (const file of filesWithProse()) {
    for (const { line, text } of textsOf(file, readFileSync(file, "utf8"))) {
      for (const complaint of await complaintsOf(text)) {
        found++;
        say(`${relative(root, file)}:${line}: ${complaint}`);
      }
    }
  }
  if (found > 0) say(`${found} to mend; docs/writing.md says how this site speaks`);
  return found === 0 ? 0 : 1;
});
