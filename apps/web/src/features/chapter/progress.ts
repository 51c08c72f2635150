import * as v from "valibot";
import { localTexts, storedValue } from "../../shared/storage.ts";

/** What the reader has answered, by question, kept in this browser alone: the option, −1 for "show me". */
export const answers = storedValue<Readonly<Record<string, unknown>>>(localTexts, {
  name: "progress",
  version: 1,
  schema: v.record(v.string(), v.unknown()), // one answer that was altered does not cost the others
  empty: {},
});

/** The option that was chosen; undefined while the question is open. */
export function answered(question: string): number | undefined {
  const found = answers.read()[question];
  return typeof found === "number" && Number.isInteger(found) ? found : undefined;
}

export function recordAnswer(question: string, option: number): void {
  answers.write({ ...answers.read(), [question]: option });
}
