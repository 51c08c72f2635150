import type { NetworkProblem } from "./messages.ts";

/** An error whose message is a sentence for the page. */
export class ModelProblem extends Error {
  readonly code: NetworkProblem["code"];

  constructor(code: NetworkProblem["code"], sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}

/** Any error as a value; one that was not foreseen keeps its own message. */
export function problemOf(error: unknown): NetworkProblem {
  if (error instanceof ModelProblem) return { code: error.code, sentence: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "worker", sentence: `The network could not compute: ${message}` };
}
