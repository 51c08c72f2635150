import type { Evidence } from "./evidence.ts";
import type { Check, CheckId, Finding, Findings, Lesson } from "./row.ts";
import { collapseLesson, rubric } from "./rubric.ts";

/** A check with what it found; a person's checks are open until the person ticks them. */
export interface Result extends Finding {
  check: Check;
  /** Where lost marks are explained; undefined while none are lost. */
  lesson: Lesson | undefined;
}

export type Grade = Readonly<Record<CheckId, Result>>;

/** Evidence in, every check's marks and reasons out. */
export function grade(evidence: Evidence): Grade {
  const findings: Findings = Object.assign({}, ...rubric.map((row) => row.grade(evidence)));
  const black = printsBlack(evidence);
  const lessons = new Map(rubric.flatMap(({ checks }) => checks.map(({ id, lesson }) => [id, lesson])));
  const results = rubric.flatMap((row, index) =>
    row.checks.map((check): [CheckId, Result] => {
      const finding = findings[check.id] ?? { least: 0, most: check.marks, line: check.rule };
      const lost = finding.most < check.marks;
      // Behind a gate the check that closed it is what has to be mended.
      const lesson = black && index > 0 ? collapseLesson : lessons.get(finding.gate ?? check.id);
      return [check.id, { ...finding, check, lesson: lost ? lesson : undefined }];
    }),
  );
  return Object.fromEntries(results) as Grade;
}

/** As near to a black picture's error as can be told, in the record too: the network has collapsed. */
function printsBlack({ validation, baselines, history, loss }: Evidence): boolean {
  const last = history.at(-1)?.valLoss;
  if (!validation || typeof last !== "number") return false;
  const near = (error: number, margin: number) => Math.abs(error - baselines.black) <= margin + 0.02 * baselines.black;
  const { mean, half } = validation.mse;
  return near(mean, half) && (loss !== "mse" || near(last, 0));
}

export interface Total {
  least: number;
  most: number;
}

/** Marks of some checks together. */
export function total(results: readonly Total[]): Total {
  return results.reduce((sum, { least, most }) => ({ least: sum.least + least, most: sum.most + most }), {
    least: 0,
    most: 0,
  });
}
