import * as v from "valibot";
import { localTexts, storedValue, useStored } from "./storage.ts";

type Answers = Readonly<Record<string, unknown>>;

/** What the reader has answered, by question, kept in this browser alone: the option, −1 for "show me". */
export const answers = storedValue<Answers>(localTexts, {
  name: "progress",
  version: 1,
  schema: v.record(v.string(), v.unknown()), // one answer that was altered does not cost the others
  empty: {},
});

/** How a question stands in this browser, and what the reader can do with it. */
export interface Answering {
  /** Whether it is answered, be it by "show me". */
  answered: boolean;
  /** The option that was chosen; undefined while it is open, and after "show me". */
  guess: number | undefined;
  /** Answered on an earlier visit. */
  before: boolean;
  answer(option: number): void;
  showMe(): void;
  askAgain(): void;
}

/** Questions that were answered since this page was opened, here or at the gate that they open. */
const answeredHere = new Set<string>();

/** A question of the page. @param options how many it has; a gate, which only looks whether it is answered, need not know */
export function useAnswer(question: string, options = Number.POSITIVE_INFINITY): Answering {
  const found = answered(useStored(answers), question, options);
  const answer = (option: number) => {
    answeredHere.add(question);
    answers.write({ ...answers.read(), [question]: option });
  };
  return {
    answered: found !== undefined,
    guess: found === -1 ? undefined : found,
    before: found !== undefined && !answeredHere.has(question),
    answer,
    showMe: () => answer(-1),
    askAgain() {
      const { [question]: _, ...others } = answers.read();
      answers.write(others);
    },
  };
}

/** The option that was chosen, −1 for "show me"; undefined while the question is open. @param options how many it has */
export function answered(given: Answers, question: string, options: number): number | undefined {
  const found = Object.hasOwn(given, question) ? given[question] : undefined;
  return isAnswer(found) && found < options ? found : undefined;
}

/** How many of some questions are answered. */
export function countAnswered(given: Answers, questions: readonly string[]): number {
  return questions.filter((question) => answered(given, question, Number.POSITIVE_INFINITY) !== undefined).length;
}

function isAnswer(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= -1;
}
