import { asGoodAsExample, lossLimits } from "@autoencoder/model/grading";

/** A rung of the ladder: what prints pictures with this error. */
export interface Rung {
  name: string;
  mse: number;
}

/** How a training stands, told from its losses alone. */
export type LossState = "no-numbers" | "not-a-loss" | "scale" | "black" | "grey" | "learning" | "pca" | "good";

/**
 * Losses out of what Keras prints, or out of any list of numbers: the validation losses where there are any, else the
 * losses, else all numbers.
 */
export function readLosses(text: string): number[] {
  const number = String.raw`([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)`;
  // What may stand between is said so that blanks can be read in one way only: a text of blanks alone ends at once.
  const between = String.raw`["']?\s*[:=]\s*(?:\[\s*)?`;
  for (const before of [String.raw`\bval_loss${between}`, String.raw`\bloss${between}`, ""]) {
    const matches = text.matchAll(new RegExp(before + number, "gi"));
    const found = Array.from(matches, (match) => Number(match[1])).filter(Number.isFinite);
    if (found.length > 0) return found;
  }
  return [];
}

/** What the last loss says. */
export function stateOf(losses: readonly number[], rungs: { black: number; pca: number }): LossState {
  const last = losses.at(-1);
  if (last === undefined) return "no-numbers";
  if (last < 0) return "not-a-loss";
  if (last > lossLimits.wrongScale) return "scale";
  if (last >= rungs.black * lossLimits.blackShare) return "black";
  if (last >= lossLimits.grey) return "grey";
  if (last > rungs.pca) return "learning";
  return last > asGoodAsExample ? "pca" : "good";
}
