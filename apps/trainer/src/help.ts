import { trainOptions, writtenOption } from "@autoencoder/model/run";
import { commandsHelp } from "./commands/index.ts";

/** What `--help` prints. */
export const help: string = `Trains the convolutional autoencoder and writes a run to artifacts/RUN/.

  npm run train -- [options]
  npx turbo run train               the recipe "assignment", cached, without options
${commandsHelp}

Options
${trainOptions.map(helpOf).join("\n")}

Environment
  TRAIN_ENGINE   the engine where --engine is not given, as for the Turborepo task
  ARTIFACTS_DIR  where runs are published instead of artifacts/
  DEBUG          print the whole of an error, not its one line

A checkpoint is saved every minute and after each epoch. Ctrl-C, SIGTERM and a closed terminal finish the batch, save another
and print the command that resumes; a second Ctrl-C ends at once and loses what came after the last checkpoint.
Exit codes: 0 done, 1 failed, 2 wrong options, 3 the run collapsed (it is written all the same); 129, 130 and 143 where a
closed terminal, Ctrl-C or SIGTERM ended it.`;

/** An option: as it is written, then its lines below one another. */
function helpOf(option: (typeof trainOptions)[number]): string {
  return option.help.map((line, at) => `  ${(at === 0 ? writtenOption(option) : "").padEnd(19)} ${line}`).join("\n");
}

/** The same for a terminal that is narrower: each text wrapped, and below what it belongs to. */
export function helpFor(columns: number | undefined): string {
  if (columns === undefined || columns >= 100) return help;
  return help
    .split("\n")
    .flatMap((line) => {
      const [, name, text = ""] = /^ {2}(\S.*?) {2,}(.*)$/.exec(line) ?? [];
      if (name !== undefined) return [`  ${name}`, ...wrapped(text, columns, 4)];
      const indent = line.search(/\S|$/);
      return wrapped(line.trim(), columns, indent > 4 ? 4 : indent);
    })
    .join("\n");
}

/** Lines of whole words; one that is longer than a line keeps its own. */
function wrapped(text: string, columns: number, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.map((line) => `${" ".repeat(line === "" ? 0 : indent)}${line}`);
}
