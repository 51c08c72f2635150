/** The parts of a report that only its author can write. */
export const answerIds = ["loss-curve", "reconstructions", "bottleneck", "labels", "conclusion"] as const;
export type AnswerId = (typeof answerIds)[number];

/**
 * A report as Markdown with its gaps: text as it stands, a picture, or a place for the author's own words. The server
 * makes the template; the page fills its gaps.
 */
export type TemplatePart = string | { picture: string; alt: string } | { answer: AnswerId } | { author: true };

/** What fills the gaps. */
export interface ReportFilling {
  author: string;
  answers: Readonly<Record<AnswerId, string>>;
  /** Why a picture is not in the folder, by its path. */
  missing: Readonly<Record<string, string>>;
}

/** What stands where nothing was written. */
export const notWritten = "(not written yet)";

/** Whether a text says nothing. */
export function isEmpty(text: string): boolean {
  return text.trim() === "";
}

/** The report's Markdown; the author's words stand in it as they were typed. */
export function fillReport(template: readonly TemplatePart[], { author, answers, missing }: ReportFilling): string {
  const filled = template.flatMap((part) => {
    if (typeof part === "string") return [part];
    if ("author" in part) return isEmpty(author) ? [] : [`Author: ${author}`];
    if ("answer" in part) return [isEmpty(answers[part.answer]) ? `*${notWritten}*` : answers[part.answer]];
    const why = missing[part.picture];
    return [why === undefined ? `![${part.alt}](${part.picture})` : `*(${part.picture} is missing: ${why})*`];
  });
  return `${filled.join("\n\n")}\n`;
}
