import { summarize, summarizeAutoencoder } from "@autoencoder/model";
import { type Run, runPaths } from "@autoencoder/model/run";
import { reportQuestions } from "./questions.ts";
import { type AnswerId, answerIds, type TemplatePart } from "./report-template.ts";
import { biasReason, differencesIntroduction, introduction } from "./sentences.ts";
import {
  differencesTable,
  filesTable,
  settingsTable,
  summaryTable,
  type TextTable,
  technologiesTable,
  testTable,
} from "./tables.ts";

/** A run's report as Markdown, with gaps for its author: the same texts and tables that the page shows. */
export function reportTemplate(run: Run): TemplatePart[] {
  const questions = reportQuestions(run);
  const asked = (id: AnswerId): TemplatePart[] => {
    const { numbers, question } = questions[id];
    return [list(numbers), `> ${escaped(question)}`, { answer: id }];
  };
  const [differences, reason] = [differencesTable(run), biasReason(run)];
  return [
    `# A convolutional autoencoder on ${escaped(run.dataset.name)}: report on the run ${run.name}`,
    { author: true },
    escaped(introduction(run)),
    `Tables, figures and numbers were generated from the files of the run. What stands below each of the ${answerIds.length} questions is written by the author.`,
    "## Summary of the network",
    ...[summarize(run.spec.encoder), summarize(run.spec.decoder), summarizeAutoencoder(run.spec)].flatMap((summary) => [
      `### ${summary.name}`,
      table(summaryTable(summary)),
    ]),
    "## Settings",
    table(settingsTable(run)),
    "## What differs from the assignment",
    escaped(differencesIntroduction(differences)),
    ...(differences.rows.length > 0 ? [table(differences)] : []),
    ...(reason ? [escaped(reason)] : []),
    `## ${questions["loss-curve"].heading}`,
    { picture: runPaths.lossCurvePng, alt: "Training and validation loss by epoch" },
    ...asked("loss-curve"),
    `## ${questions.reconstructions.heading}`,
    { picture: runPaths.reconstructions, alt: "Test digits above their reconstructions" },
    table(testTable(run)),
    ...asked("reconstructions"),
    `## ${questions.bottleneck.heading}`,
    ...asked("bottleneck"),
    `## ${questions.labels.heading}`,
    ...asked("labels"),
    "## Technologies used",
    table(technologiesTable(run)),
    "## Files",
    table(filesTable(run)),
    `## ${questions.conclusion.heading}`,
    ...asked("conclusion"),
  ];
}

function table({ head, rows }: TextTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${escaped(sentence)}`).join("\n");
}

/** Text of one line, with a backslash before what Markdown would read as a sign of its own; `conv2d_1` needs none. */
export function escaped(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[\\`*[<|~]|(?<!\w)_|_(?!\w)|^[#>+-]/g, (sign) => `\\${sign}`);
}
