/** Why something is missing or broken. The sentence is for the page, as it stands. */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  readonly sentence: string;
}

/** What can be missing or broken, as data: it travels from the worker and the server to the page without being thrown. */
export type Result<Value, Why extends Problem = Problem> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Why };

export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function failure<Code extends string>(
  code: Code,
  sentence: string,
): { readonly ok: false; readonly problem: Problem<Code> } {
  return { ok: false, problem: { code, sentence } };
}

/** The value, for code that ends at the first problem. @throws Error with the problem's sentence */
export function unwrap<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw new Error(result.problem.sentence);
}

/** What is wrong, if something is. */
export function sentenceOf(result: Result<unknown> | undefined): string | undefined {
  return result && !result.ok ? result.problem.sentence : undefined;
}

/** The result of work that throws where it fails; the error's message is the sentence. */
export async function attempt<Value>(work: () => Value | Promise<Value>): Promise<Result<Value>> {
  try {
    return success(await work());
  } catch (error) {
    return failure("failed", error instanceof Error ? error.message : String(error));
  }
}
