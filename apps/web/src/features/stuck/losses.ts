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
  const named = (name: string) =>
    [...text.matchAll(new RegExp(String.raw`\b${name}["']?\s*[:=]\s*\[?\s*${number}`, "gi"))].map((match) =>
      Number(match[1]),
    );
  for (const name of ["val_loss", "loss"]) {
    const found = named(name);
    if (found.length > 0) return found;
  }
  return [...text.matchAll(new RegExp(number, "gi"))].map((match) => Number(match[1])).filter(Number.isFinite);
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
