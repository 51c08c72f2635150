import * as v from "valibot";
import { localTexts, storedValue } from "../../shared/storage.ts";

/** What the reader has answered, by question, kept in this browser alone: the option, −1 for "show me". */
export const answers = storedValue<Readonly<Record<string, unknown>>>(localTexts, {
  name: "progress",
  version: 1,
  schema: v.record(v.string(), v.unknown()), // one answer that was altered does not cost the others
  empty: {},
});

/** The option that was chosen, −1 for "show me"; undefined while the question is open. @param options how many it has */
export function answered(question: string, options: number): number | undefined {
  const found = answers.read()[question];
  return isAnswer(found) && found < options ? found : undefined;
}

/** How many of some questions are answered. */
export function countAnswered(given: Readonly<Record<string, unknown>>, questions: readonly string[]): number {
  return questions.filter((question) => Object.hasOwn(given, question) && isAnswer(given[question])).length;
}

function isAnswer(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= -1;
}

export function recordAnswer(question: string, option: number): void {
  answers.write({ ...answers.read(), [question]: option });
}
